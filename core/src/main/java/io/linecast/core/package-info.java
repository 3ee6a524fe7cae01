/**
 * The engine without sockets: a channel's feed, the cursors that follow it, the sweep that serves
 * them, and the pace that says what becomes of the late.
 *
 * <p>JDK only. Everything that belongs to one connection is touched by that connection's {@link
 * io.linecast.core.Loop} alone; what loops share is the feed's published {@link
 * io.linecast.core.Head} and a channel's short append section.
 */
@NullMarked
package io.linecast.core;

import org.jspecify.annotations.NullMarked;
