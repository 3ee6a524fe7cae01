package io.linecast.core;

/**
 * What a channel's followers are allowed: how far a client may lag, and how far the server itself
 * may before it reads no further from senders. All in bytes of the feed. Immutable.
 *
 * @param windowBytes a client this far behind is lapped
 * @param policy what becomes of a lapped client
 */
public record Pace(long windowBytes, SlowPolicy policy) {

  /** Whether a client this far behind is lapped. Under {@link SlowPolicy#STALL} none ever is. */
  boolean isLapped(long lagBytes) {
    return policy != SlowPolicy.STALL && lagBytes > windowBytes;
  }

  /**
   * How far behind its place in the feed may be of a client that is not there yet, and moves with
   * the head. Less than what holds senders.
   */
  long keepUpLagBytes() {
    return windowBytes / 8;
  }

  /** How far behind a client that is made to skip goes on. */
  long resumeLagBytes() {
    return windowBytes / 2;
  }

  /**
   * How far back history goes at most. A quarter, so that with what two revolutions may take a
   * newcomer is not lapped before its first visit.
   */
  long historyLagBytes() {
    return windowBytes / 4;
  }

  /**
   * How far back at most a client begins that says where. Where senders are to wait for it, what it
   * begins with must not be gone before they do: a quarter is left for what is under way. And
   * whoever cannot be told of a gap is closed at the first, so it has half a window's time to begin
   * with.
   */
  long arrearsLagBytes(boolean tellsGaps) {
    if (!tellsGaps) {
      return windowBytes / 2;
    }
    return policy == SlowPolicy.STALL ? windowBytes / 4 * 3 : Long.MAX_VALUE;
  }

  /**
   * Whether the server is behind: a revolution began this long ago and has not ended. A quarter of
   * the window, because parts of two revolutions may lie between two visits of one client, and the
   * reads under way when this is noticed still come in: no healthy client is ever lapped.
   */
  boolean isOverloaded(long revolutionBytes) {
    return revolutionBytes > windowBytes / 4;
  }

  /**
   * Whether a client this far behind holds the senders up. A quarter again, so that with what two
   * revolutions may take nothing a stalled client needs leaves the window.
   */
  boolean holdsSenders(long lagBytes) {
    return policy == SlowPolicy.STALL && lagBytes > windowBytes / 4;
  }
}
