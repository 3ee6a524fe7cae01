package io.linecast.server;

import io.linecast.core.Segment;
import io.linecast.core.Sink;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.socket.SocketChannel;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a connection has to send beside the feed, in order: whole lines of its own, and the end of a
 * line that its full socket is owed. While anything of it is waiting, nothing else may be written
 * to the socket. Owned by the connection's loop.
 */
final class Outbox {

  private static final int FIRST_BYTES = 256;

  private final SocketChannel socket;
  private final ServerLoop loop;
  private final Object target;
  private final BooleanSupplier inputEnded;
  private final Consumer<Boolean> onRoom;

  /** What the socket has no room for yet, behind what is under way. */
  private @Nullable ByteBuf waiting;

  /** Netty, or a poll, waits for room to send bytes that it was given. */
  private boolean blocked;

  private int underWayBytes;

  /**
   * Nothing is waiting.
   *
   * @param blocked something is under way from before, and {@link #onSent} will be called
   * @param onRoom told when nothing is waiting any more, and never from within a call: true; or
   *     that the connection is broken: false
   */
  Outbox(
      SocketChannel socket,
      ServerLoop loop,
      boolean blocked,
      BooleanSupplier inputEnded,
      Consumer<Boolean> onRoom) {
    this.socket = socket;
    this.loop = loop;
    this.target = loop.writer().targetOf(socket);
    this.blocked = blocked;
    this.inputEnded = inputEnded;
    this.onRoom = onRoom;
  }

  /** Whether something is waiting. */
  boolean isBlocked() {
    return blocked;
  }

  /** How much is waiting. */
  int waitingBytes() {
    return underWayBytes + (waiting == null ? 0 : waiting.readableBytes());
  }

  /** Offers bytes of the feed, as {@link Sink#take}; none is taken while something is waiting. */
  int take(Segment segment, int offset, int length) {
    return blocked ? 0 : loop.writer().write(target, segment, offset, length);
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
    }
    if (taken != Sink.GONE && bytes.isReadable()) {
      queue(bytes);
    }
    return taken;
  }

  /** Copies bytes, to be sent once there is room; consumes them. */
  void queue(ByteBuf bytes) {
    if (waiting == null) {
      waiting = socket.alloc().directBuffer(Math.max(FIRST_BYTES, bytes.readableBytes()));
    }
    waiting.writeBytes(bytes);
    if (!blocked) {
      send(waiting);
    }
  }

  private void send(ByteBuf bytes) {
    waiting = null;
    blocked = true;
    underWayBytes = bytes.readableBytes();
    if (!loop.writer().canWaitForRoom(inputEnded.getAsBoolean())) {
      new RoomPoll(socket, loop, bytes, this::onSent).start();
      return;
    }
    ChannelFuture sent = socket.writeAndFlush(bytes);
    if (sent.isDone()) {
      loop.execute(() -> onSent(sent.isSuccess()));
    } else {
      sent.addListener(future -> onSent(future.isSuccess()));
    }
  }

  /** What was under way has been sent, or cannot be. */
  void onSent(boolean success) {
    underWayBytes = 0;
    if (success && waiting != null) {
      send(waiting);
      return;
    }
    blocked = !success;
    onRoom.accept(success);
  }

  /** Nothing will be sent any more. */
  void release() {
    if (waiting != null) {
      waiting.release();
      waiting = null;
    }
    blocked = true;
  }
}
