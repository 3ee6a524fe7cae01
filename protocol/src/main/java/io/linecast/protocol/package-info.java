/** Lines as bytes: what a line is, its limits, and how to find its end. JDK only, Java 17. */
@NullMarked
package io.linecast.protocol;

import org.jspecify.annotations.NullMarked;
