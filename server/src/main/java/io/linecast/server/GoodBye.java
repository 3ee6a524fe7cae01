package io.linecast.server;

import io.netty.channel.socket.SocketChannel;
import java.util.concurrent.TimeUnit;

/**
 * The end of a connection whose last line has been said: it is closed without harm to that line,
 * once the client has read what comes before it, or has taken too long for that. Owned by the
 * connection's loop.
 */
final class GoodBye {

  /** How long a client may take to read what comes before the last line. */
  private static final long PATIENCE_SECONDS = 5;

  private final SocketChannel socket;
  private final ServerLoop loop;
  private final LineInput input;

  GoodBye(SocketChannel socket, ServerLoop loop, LineInput input) {
    this.socket = socket;
    this.loop = loop;
    this.input = input;
  }

  /**
   * Begins.
   *
   * @param blocked the last line still waits for room, and {@link #onRead} will follow
   */
  void begin(boolean blocked) {
    if (blocked) {
      loop.eventLoop().schedule(() -> socket.close(), PATIENCE_SECONDS, TimeUnit.SECONDS);
    } else {
      onRead();
    }
  }

  /** The socket has taken everything. */
  void onRead() {
    if (input.hasEnded()) {
      socket.close();
    } else {
      socket.config().setAutoRead(true);
      new LingeringClose(socket, loop).start();
    }
  }
}
