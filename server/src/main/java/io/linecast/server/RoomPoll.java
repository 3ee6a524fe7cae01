package io.linecast.server;

import io.linecast.core.Sink;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Sends what a full socket is owed by trying again and again, where Netty cannot be left to wait:
 * Netty's epoll (4.2.18) takes a socket out when nothing is awaited of it any more, as after the
 * end of its input, but goes on as if it were in, so that waiting for room fails from then on.
 *
 * <p>Owned by the connection's loop.
 */
final class RoomPoll {

  private static final long INTERVAL_MILLIS = 2;

  private final Object target;
  private final ServerLoop loop;
  private final ByteBuf owed;
  private final Consumer<Boolean> onDone;

  /**
   * Nothing is sent yet.
   *
   * @param owed what to send; released when that is done
   * @param onDone told at the end whether all was sent
   */
  RoomPoll(Channel socket, ServerLoop loop, ByteBuf owed, Consumer<Boolean> onDone) {
    this.target = loop.writer().targetOf(socket);
    this.loop = loop;
    this.owed = owed;
    this.onDone = onDone;
  }

  void start() {
    loop.eventLoop().schedule(this::look, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** The same, for bytes that have not been tried yet; {@code onDone} comes later all the same. */
  void startNow() {
    loop.execute(this::look);
  }

  private void look() {
    int written = loop.writer().write(target, owed);
    boolean more = owed.isReadable() || loop.writer().isHolding(target);
    if (written != Sink.GONE && more) {
      start();
    } else {
      owed.release();
      onDone.accept(written != Sink.GONE);
    }
  }
}
