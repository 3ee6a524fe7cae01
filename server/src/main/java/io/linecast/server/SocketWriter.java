package io.linecast.server;

import io.linecast.core.Segment;
import io.linecast.core.Sink;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.util.OptionalLong;

/**
 * Puts a feed's bytes into sockets without going through Netty's outbound buffer: nothing is
 * allocated and nothing is queued. One for each loop, used by its thread alone, and only while
 * Netty has nothing of its own to write to that socket.
 */
interface SocketWriter {

  /**
   * What the writing methods are to be given for a channel. It is looked up once: with thousands of
   * sockets each object on the way costs a cache miss a visit.
   */
  Object targetOf(Channel channel);

  /**
   * Writes what the socket takes now.
   *
   * @return bytes taken, 0 to {@code length}; {@link Sink#GONE} if the connection is broken
   */
  int write(Object target, Segment segment, int offset, int length);

  /** As above, and then {@code more} bytes behind {@code leftOut} that are left out. */
  int write(Object target, Segment segment, int offset, int length, int leftOut, int more);

  /**
   * As above, from the readable bytes of a direct buffer, which are consumed: those taken, and
   * those that {@link #isHolding} is about.
   */
  int write(Object target, ByteBuf bytes);

  /**
   * How many of the bytes that the last write from a segment did not take will come all the same,
   * before whatever is written next: they were sealed.
   */
  default int committedBytes(Object target) {
    return 0;
  }

  /** The same, to whoever sees to it that they are not written again: it is 0 after that. */
  default int takeCommittedBytes(Object target) {
    return 0;
  }

  /** Whether something was taken from what was written, and the socket has not taken it yet. */
  default boolean isHolding(Object target) {
    return false;
  }

  /** Whether Netty can be left to wait until a full socket has room. */
  boolean canWaitForRoom(boolean inputEnded);

  /**
   * Whether the peer's system has acknowledged everything up to the end of the stream, so that
   * closing can destroy nothing. Asked only after the output was shut down; false if unknown.
   */
  boolean isAcknowledged(Channel channel);

  /**
   * How much the system has taken that the peer's has not acknowledged; empty if it does not say.
   */
  OptionalLong sendQueueBytes(Channel channel);

  /**
   * Does now what the first {@link #sendQueueBytes} would take its time for. From any thread: a
   * loop has none.
   */
  default void prepareSendQueueBytes() {}

  /** The loop has ended. */
  default void close() {}
}
