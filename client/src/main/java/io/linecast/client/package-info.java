/**
 * The Java client of LINECAST/1 (docs/client.md): lines that are acknowledged, heard and resumed.
 * {@link io.linecast.client.LinecastClient} is where to begin; {@link
 * io.linecast.client.PlainClient} is for servers that speak plain lines only. JDK only, Java 17.
 */
@NullMarked
package io.linecast.client;

import org.jspecify.annotations.NullMarked;
