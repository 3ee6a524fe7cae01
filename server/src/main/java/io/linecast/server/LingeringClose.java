package io.linecast.server;

import io.netty.channel.ChannelFutureListener;
import io.netty.channel.socket.SocketChannel;
import java.util.concurrent.TimeUnit;

/**
 * Closes a connection whose client may still be sending, without harm to what is under way to it:
 * ends the output, reads on (the connection throws away what comes), and closes once the client has
 * closed, or its system has acknowledged everything, or a moment has passed. Closing at once would
 * answer further input with a reset, which may overtake the last lines (RFC 1122, 4.2.2.13).
 *
 * <p>Owned by the connection's loop.
 */
final class LingeringClose {

  private static final long LOOK_AGAIN_MILLIS = 10;
  private static final int MOST_LOOKS = 100;

  private final SocketChannel socket;
  private final ServerLoop loop;
  private int looks;

  LingeringClose(SocketChannel socket, ServerLoop loop) {
    this.socket = socket;
    this.loop = loop;
  }

  void start() {
    socket
        .shutdownOutput()
        .addListener(
            (ChannelFutureListener)
                shutdown -> {
                  if (shutdown.isSuccess()) {
                    look();
                  } else {
                    socket.close();
                  }
                });
  }

  private void look() {
    if (!socket.isOpen()) {
      return;
    }
    if (socket.isInputShutdown() || ++looks > MOST_LOOKS || loop.writer().isAcknowledged(socket)) {
      socket.close();
    } else {
      loop.eventLoop().schedule(this::look, LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS);
    }
  }
}
