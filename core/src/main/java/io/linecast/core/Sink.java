package io.linecast.core;

import io.linecast.protocol.GapReason;
import java.nio.ByteBuffer;

/**
 * The sending side of one connection, as the engine sees it.
 *
 * <p>Every method is called on the connection's loop. None may throw because of the peer: a sink
 * whose peer is gone says {@link #GONE} and sees to the leaving by itself.
 */
public interface Sink {

  /** What {@link #take} answers when the connection is no more. */
  int GONE = -1;

  /**
   * Offers bytes of a segment. They are valid during the call only.
   *
   * @return how many of them were taken; fewer than {@code length} means that the socket is full;
   *     {@link #GONE} if the connection is no more
   */
  int take(Segment segment, int offset, int length);

  /**
   * As {@link #take}, for bytes on both sides of some that are left out: by one call to the system
   * where it can.
   *
   * @param length how many come before those left out
   * @param leftOut how many are left out
   * @param more how many come behind them
   * @return as there; {@link #GONE} only if none was taken
   */
  default int takeAround(Segment segment, int offset, int length, int leftOut, int more) {
    int taken = take(segment, offset, length);
    if (taken < length) {
      return taken;
    }
    int behind = take(segment, offset + length + leftOut, more);
    return length + Math.max(0, behind);
  }

  /**
   * How many of the bytes that the last {@link #take} left will be sent all the same, before
   * anything else: they cannot be taken back. They are among those that {@link #owe} is then given.
   */
  default int committedBytes() {
    return 0;
  }

  /**
   * Makes these bytes the next to be sent, as soon as the full socket has room, and then calls
   * {@link Subscriber#onRoom}, never from within this call. They are the rest of a line, or one
   * line, or where {@link #committedBytes} go on behind that, as many as these reach into; and are
   * copied, so that a client that does not read holds no segment.
   */
  void owe(Segment segment, int offset, int length);

  /**
   * Takes whole lines that were encoded for this client alone, from position to limit, all of them:
   * what the socket has no room for is copied, sent as soon as there is room, and then {@link
   * Subscriber#onRoom} is called. Only where somebody joins with arrears.
   *
   * @return how many bytes the socket has taken; {@link #GONE} if the connection is no more
   */
  default int give(ByteBuffer lines) {
    throw new IllegalStateException("nobody has arrears on this wire");
  }

  /** Lines {@code first} to {@code last} will never come: says so where the wire can. */
  void onGap(long first, long last, GapReason reason);

  /** Up to which line its client says that it is done; a client that does not say is never late. */
  default long doneLine() {
    return Long.MAX_VALUE;
  }

  /** All that there was to send has been taken: closes in an orderly way. */
  void finish(CloseReason reason);

  /** Closes at once. */
  void close(CloseReason reason);
}
