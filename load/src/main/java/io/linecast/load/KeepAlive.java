package io.linecast.load;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.function.IntPredicate;

/**
 * Keeps a server that asks silent clients whether they are there from asking: what it asks would
 * come between the lines, which are counted by their bytes. Each connection in turn says {@code
 * PONG}, which a server takes from a client and answers with nothing. It would ask too if it had
 * nothing to send for as long; a load leaves it no such time. Used by one thread.
 */
final class KeepAlive {
  /** In the time after which a server asks, each client says so many. */
  private static final int SAID_IN_A_HEARTBEAT = 3;

  private static final MemorySegment PONG =
      Arena.global().allocateFrom(JAVA_BYTE, "PONG\n".getBytes(StandardCharsets.US_ASCII));

  private final Fleet fleet;
  private final int first;
  private final int count;
  private final long intervalNanos;
  private long said;

  /**
   * For {@code count} connections from {@code first} on.
   *
   * @param heartbeatNanos after so much silence a server asks; 0: never, and nothing will be said
   */
  KeepAlive(Fleet fleet, int first, int count, long heartbeatNanos) {
    this.fleet = fleet;
    this.first = first;
    this.count = heartbeatNanos == 0 ? 0 : count;
    this.intervalNanos = Math.max(1, heartbeatNanos / SAID_IN_A_HEARTBEAT);
  }

  /**
   * Says it on those whose turn has come.
   *
   * @param nowNanos since a moment that is always the same
   * @param isBetweenLines whether a connection has nothing begun; where it has, it is not silent
   */
  void say(long nowNanos, IntPredicate isBetweenLines) {
    if (count == 0) {
      return;
    }
    long due = (long) ((double) nowNanos / intervalNanos * count);
    for (said = Math.max(said, due - count); said < due; said++) {
      int connection = first + (int) (said % count);
      if (fleet.isOpen(connection) && isBetweenLines.test(connection)) {
        fleet.send(connection, PONG.address(), PONG.byteSize());
      }
    }
  }
}
