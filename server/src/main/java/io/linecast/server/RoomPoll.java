package io.linecast.server;

import io.linecast.core.Sink;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Sends what a full socket is owed by trying again and again, the more seldom the longer it takes
 * nothing, where Netty cannot be left to wait: Netty's epoll (4.2.18) takes a socket out when
 * nothing is awaited of it any more, as after the end of its input, but goes on as if it were in,
 * so that waiting for room fails from then on.
 *
 * <p>Owned by the connection's loop.
 */
final class RoomPoll {

  static final long SHORTEST_MILLIS = 2;

  /**
   * Between two looks at a client that does not read: thousands of them must cost next to nothing.
   */
  static final long LONGEST_MILLIS = 256;

  private static final AttributeKey<RoomPoll> KEY = AttributeKey.valueOf(RoomPoll.class, "poll");

  private final Channel socket;
  private final Object target;
  private final ServerLoop loop;
  private final ByteBuf owed;
  private final Consumer<Boolean> onDone;
  private long waitMillis = SHORTEST_MILLIS;

  /**
   * Nothing is sent yet.
   *
   * @param owed what to send; released when that is done
   * @param onDone told at the end whether all was sent
   */
  RoomPoll(Channel socket, ServerLoop loop, ByteBuf owed, Consumer<Boolean> onDone) {
    this.socket = socket;
    this.target = loop.writer().targetOf(socket);
    this.loop = loop;
    this.owed = owed;
    this.onDone = onDone;
  }

  /** What a socket's poll has not sent yet; 0 if there is none. */
  static int owedBytes(Channel socket) {
    RoomPoll poll = socket.hasAttr(KEY) ? socket.attr(KEY).get() : null;
    return poll == null ? 0 : poll.owed.readableBytes();
  }

  void start() {
    socket.attr(KEY).set(this);
    lookLater();
  }

  private void lookLater() {
    loop.eventLoop().schedule(this::look, waitMillis, TimeUnit.MILLISECONDS);
  }

  /** The same, for bytes that have not been tried yet; {@code onDone} comes later all the same. */
  void startNow() {
    socket.attr(KEY).set(this);
    loop.execute(this::look);
  }

  /** How long to wait before the next look, after one that has written so many bytes. */
  static long nextWaitMillis(long lastMillis, int written) {
    return written > 0 ? SHORTEST_MILLIS : Math.min(2 * lastMillis, LONGEST_MILLIS);
  }

  private void look() {
    int written = loop.writer().write(target, owed);
    boolean more = owed.isReadable() || loop.writer().isHolding(target);
    if (written != Sink.GONE && more) {
      waitMillis = nextWaitMillis(waitMillis, written);
      lookLater();
    } else {
      socket.attr(KEY).set(null);
      owed.release();
      onDone.accept(written != Sink.GONE);
    }
  }
}
