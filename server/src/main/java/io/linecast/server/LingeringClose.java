package io.linecast.server;

import io.linecast.server.tls.TlsEnds;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.socket.DuplexChannel;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Closes a connection whose client may still be sending, without harm to what is under way to it:
 * ends the output, reads on (the connection knows what for), and closes once the client has closed,
 * or, unless a word of it is still awaited, its system has acknowledged everything or a moment has
 * passed. Closing at once would answer further input with a reset, which may overtake the last
 * lines (RFC 1122, 4.2.2.13).
 *
 * <p>Owned by the connection's loop.
 */
final class LingeringClose {

  private static final long LOOK_AGAIN_MILLIS = 10;
  private static final int MOST_LOOKS = 100;

  private final DuplexChannel socket;
  private final ServerLoop loop;
  private final BooleanSupplier awaited;
  private int looks;

  /**
   * Nothing is closed yet.
   *
   * @param awaited whether the client may still say something that others wait for
   */
  LingeringClose(DuplexChannel socket, ServerLoop loop, BooleanSupplier awaited) {
    this.socket = socket;
    this.loop = loop;
    this.awaited = awaited;
  }

  void start() {
    TlsEnds.endOutput(socket)
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
    if (socket.isInputShutdown() || (!awaited.getAsBoolean() && isLongEnough())) {
      socket.close();
    } else {
      loop.eventLoop().schedule(this::look, LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private boolean isLongEnough() {
    return ++looks > MOST_LOOKS || loop.writer().isAcknowledged(socket);
  }
}
