package io.linecast.core;

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
   * Makes these bytes the next to be sent, as soon as the full socket has room, and then calls
   * {@link Subscriber#onRoom}, never from within this call. They are the rest of a line, or one
   * line, and are copied, so that a client that does not read holds no segment.
   */
  void owe(Segment segment, int offset, int length);

  /** Lines {@code first} to {@code last} will never come: says so where the wire can. */
  void onGap(long first, long last);

  /** All that there was to send has been taken: closes in an orderly way. */
  void finish(CloseReason reason);

  /** Closes at once. */
  void close(CloseReason reason);
}
