package io.linecast.server.web;

import io.netty.channel.socket.SocketChannel;
import java.util.concurrent.TimeUnit;

/**
 * The end of a connection behind an answer: closed once the client has closed, or a moment has
 * passed. Closing at once would answer further input with a reset, which may overtake the answer
 * (RFC 9112, 9.6).
 */
final class SoftClose {

  private static final long LINGER_MILLIS = 1_000;

  private SoftClose() {}

  /** Ends the output, and has what still comes thrown away. On the socket's loop. */
  static void begin(SocketChannel socket) {
    socket.shutdownOutput();
    socket.config().setAutoRead(true);
    socket.eventLoop().schedule(() -> socket.close(), LINGER_MILLIS, TimeUnit.MILLISECONDS);
  }
}
