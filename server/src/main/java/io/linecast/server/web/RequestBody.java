package io.linecast.server.web;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;

/**
 * The body of a request, as far as it has come: a part of the budget for all, until it is released.
 * Owned by the connection's loop.
 */
public final class RequestBody {

  private static final int FIRST_BYTES = 16 << 10;

  /** Whoever takes lines may end the last one. */
  private static final int LINE_FEED_BYTES = 1;

  private final BodyBudget budget;
  private final ByteBufAllocator allocator;
  private final long mostBytes;
  private ByteBuf bytes = Unpooled.EMPTY_BUFFER;

  /** For how many there is room, beside a line feed. */
  private long roomBytes;

  /**
   * Nothing has come.
   *
   * @param mostBytes it will not be longer
   */
  RequestBody(BodyBudget budget, ByteBufAllocator allocator, long mostBytes) {
    this.budget = budget;
    this.allocator = allocator;
    this.mostBytes = mostBytes;
  }

  /** What has come. */
  public ByteBuf bytes() {
    return bytes;
  }

  /** What it takes. */
  long heldBytes() {
    return roomBytes;
  }

  /** Takes the next part, which is copied; returns whether the budget has room for it. */
  boolean add(ByteBuf part) {
    long needed = (long) bytes.readableBytes() + part.readableBytes();
    if (needed > roomBytes && !growFor(needed)) {
      return false;
    }
    bytes.writeBytes(part);
    return true;
  }

  private boolean growFor(long needed) {
    long room = Math.max(needed, Math.min(mostBytes, Math.max(FIRST_BYTES, 2 * roomBytes)));
    if (!budget.take(room - roomBytes)) {
      return false;
    }
    boolean isFirst = roomBytes == 0;
    roomBytes = room;
    int capacity = (int) room + LINE_FEED_BYTES;
    bytes = isFirst ? allocator.directBuffer(capacity) : bytes.capacity(capacity);
    return true;
  }

  /** Nobody wants it any more; may be called twice. */
  public void release() {
    bytes.release();
    bytes = Unpooled.EMPTY_BUFFER;
    budget.giveBack(roomBytes);
    roomBytes = 0;
  }
}
