/**
 * The server: sockets on one side, {@link io.linecast.core.LineChannel}s on the other.
 *
 * <p>Event loops are Netty's. What goes out to many goes past Netty, by system calls of our own on
 * the loop's thread; Netty waits for room when a socket is full.
 */
@NullMarked
package io.linecast.server;

import org.jspecify.annotations.NullMarked;
