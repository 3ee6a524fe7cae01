/**
 * Lines as bytes: what a line is, its limits, and how to find its end; and the words of LINECAST/1,
 * the acknowledged protocol (docs/protocol.md). JDK only, Java 17.
 */
@NullMarked
package io.linecast.protocol;

import org.jspecify.annotations.NullMarked;
