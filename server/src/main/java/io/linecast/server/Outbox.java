package io.linecast.server;

import io.linecast.core.Gap;
import io.linecast.core.Segment;
import io.linecast.core.Sink;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.socket.DuplexChannel;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a connection has to send: lines of the feed as far as its socket takes them, and beside
 * them, in order, whole lines of its own, and the end of a line that its full socket is owed. While
 * anything of these is waiting, nothing else may be written to the socket. Owned by the
 * connection's loop.
 */
final class Outbox {

  private static final int FIRST_BYTES = 256;

  private final DuplexChannel socket;
  private final ServerLoop loop;
  private final Object target;
  private final Consumer<Boolean> onRoom;
  private final Function<Gap, ByteBuf> gapBytes;

  /** What the socket has no room for yet, behind what is under way. */
  private @Nullable ByteBuf waiting;

  /** To be said behind what is waiting, and one with those that follow it; null: none. */
  private @Nullable Gap gap;

  /** Netty, or a poll, waits for room to send bytes that it was given. */
  private boolean blocked;

  /** What Netty, or a poll, was given; null if that was before this outbox was. */
  private @Nullable ByteBuf underWay;

  private int underWayBytes;

  /** Without what is under way. */
  private long takenBytes;

  /**
   * Nothing is waiting.
   *
   * @param blocked something is under way from before, and {@link #onSent} will be called
   * @param onRoom told when nothing is waiting any more, and never from within a call: true; or
   *     that the connection is broken: false
   * @param gapBytes how a gap is said, in a direct buffer
   */
  Outbox(
      DuplexChannel socket,
      ServerLoop loop,
      boolean blocked,
      Consumer<Boolean> onRoom,
      Function<Gap, ByteBuf> gapBytes) {
    this.socket = socket;
    this.loop = loop;
    this.target = loop.writer().targetOf(socket);
    this.blocked = blocked;
    this.onRoom = onRoom;
    this.gapBytes = gapBytes;
  }

  /** Whether something is waiting. */
  boolean isBlocked() {
    return blocked;
  }

  /** How much the socket has taken so far; Netty, or a poll, reads on in what is under way. */
  long takenBytes() {
    return takenBytes + (underWay == null ? 0 : underWayBytes - underWay.readableBytes());
  }

  /** How much is waiting. */
  int waitingBytes() {
    return underWayBytes + (waiting == null ? 0 : waiting.readableBytes());
  }

  /** What is held of that; TLS may hold more than it was given, sealed, and of the feed as well. */
  long heldBytes() {
    long given = Math.max(underWayBytes, Backlog.bytesOf(socket));
    return given + (waiting == null ? 0 : waiting.capacity());
  }

  /** Offers bytes of the feed, as {@link Sink#take}; none is taken while something is waiting. */
  int take(Segment segment, int offset, int length) {
    int taken = blocked ? 0 : loop.writer().write(target, segment, offset, length);
    takenBytes += Math.max(0, taken);
    return taken;
  }

  /**
   * Takes a gap to be said in its turn, unless that is now. A client that is made to skip again and
   * again while it does not read is told of one.
   *
   * @return what to say, where nothing is waiting; else the gap is kept
   */
  Optional<ByteBuf> gap(Gap skipped) {
    if (!blocked) {
      return Optional.of(gapBytes.apply(skipped));
    }
    gap = new Gap(gap == null ? skipped.first() : gap.first(), skipped.last(), skipped.reason());
    return Optional.empty();
  }

  /**
   * Sends bytes, or copies what there is no room for now, and consumes them.
   *
   * @param bytes a direct buffer
   * @return how many were sent at once; {@link Sink#GONE} if the connection is broken
   */
  int write(ByteBuf bytes) {
    int taken = 0;
    if (!blocked && bytes.isReadable()) {
      taken = loop.writer().write(target, bytes);
      takenBytes += Math.max(0, taken);
    }
    if (taken != Sink.GONE && (bytes.isReadable() || loop.writer().isHolding(target))) {
      queue(bytes);
    }
    return taken;
  }

  /** As {@link Sink#committedBytes}. */
  int committedBytes() {
    return loop.writer().committedBytes(target);
  }

  /** As {@link Sink#owe}. */
  void owe(Segment segment, int offset, int length) {
    int held = loop.writer().takeCommittedBytes(target);
    queue(Unpooled.wrappedBuffer(segment.bytes().slice(offset + held, length - held)));
  }

  /** Copies bytes, to be sent once there is room; consumes them. */
  void queue(ByteBuf bytes) {
    queueGap();
    loop.growth().add(bytes.readableBytes());
    ByteBuf behind = behindWaiting(bytes.readableBytes()).writeBytes(bytes);
    if (!blocked) {
      send(behind);
    }
  }

  private void queueGap() {
    if (gap != null) {
      ByteBuf said = gapBytes.apply(gap);
      behindWaiting(said.readableBytes()).writeBytes(said);
      said.release();
      gap = null;
    }
  }

  private ByteBuf behindWaiting(int bytes) {
    if (waiting == null) {
      waiting = socket.alloc().directBuffer(Math.max(FIRST_BYTES, bytes));
    }
    return waiting;
  }

  private void send(ByteBuf bytes) {
    waiting = null;
    blocked = true;
    underWay = bytes;
    underWayBytes = bytes.readableBytes();
    if (!loop.writer().canWaitForRoom(socket.isInputShutdown())) {
      new RoomPoll(socket, loop, bytes, this::onSent).start();
      return;
    }
    ChannelFuture sent = socket.writeAndFlush(bytes);
    if (sent.isDone()) {
      onTaken(); // while the buffer is still what it was
      loop.execute(() -> onSent(sent.isSuccess()));
    } else {
      sent.addListener(future -> onSent(future.isSuccess()));
    }
  }

  /** What was under way has been sent, or cannot be. */
  void onSent(boolean success) {
    onTaken();
    if (success) {
      queueGap();
      if (waiting != null) {
        send(waiting);
        return;
      }
    }
    blocked = !success;
    onRoom.accept(success);
  }

  private void onTaken() {
    takenBytes += underWayBytes;
    underWayBytes = 0;
    underWay = null;
  }

  /** Nothing will be sent any more. */
  void release() {
    gap = null;
    if (waiting != null) {
      waiting.release();
      waiting = null;
    }
    blocked = true;
  }
}
