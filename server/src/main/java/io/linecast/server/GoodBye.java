package io.linecast.server;

import io.linecast.core.CloseReason;
import io.netty.channel.socket.DuplexChannel;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * The end of a connection whose last line has been said: it is closed without harm to that line,
 * once the client has read what comes before it, or has read nothing for too long. Owned by the
 * connection's loop.
 */
final class GoodBye {

  /** How long a client may read nothing of what comes before the last line. */
  private static final long PATIENCE_SECONDS = 5;

  private final DuplexChannel socket;
  private final ServerLoop loop;
  private final BooleanSupplier inputEnded;
  private final Outbox outbox;
  private final BooleanSupplier awaited;
  private boolean read;

  /**
   * The last line has not been said yet.
   *
   * @param inputEnded whether the client sends nothing more
   * @param awaited whether the client may still say something that others wait for
   */
  GoodBye(
      DuplexChannel socket,
      ServerLoop loop,
      BooleanSupplier inputEnded,
      Outbox outbox,
      BooleanSupplier awaited) {
    this.socket = socket;
    this.loop = loop;
    this.inputEnded = inputEnded;
    this.outbox = outbox;
    this.awaited = awaited;
  }

  /**
   * Begins.
   *
   * @param blocked the last line still waits for room, and {@link #onRead} will follow
   * @param reason why it ends; a server that stops has a patience of its own, and cuts off then
   */
  void begin(boolean blocked, CloseReason reason) {
    if (!blocked) {
      onRead();
    } else if (reason != CloseReason.SHUTTING_DOWN) {
      awaitReading();
    }
  }

  private void awaitReading() {
    long taken = outbox.takenBytes();
    Runnable look =
        () -> {
          if (!read && outbox.takenBytes() == taken) {
            socket.close();
          } else if (!read) {
            awaitReading();
          }
        };
    loop.eventLoop().schedule(look, PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  /** The socket has taken everything. */
  void onRead() {
    read = true;
    if (inputEnded.getAsBoolean() || socket.isInputShutdown()) { // it may not have been told yet
      socket.close();
    } else {
      socket.config().setAutoRead(true);
      new LingeringClose(socket, loop, awaited).start();
    }
  }
}
