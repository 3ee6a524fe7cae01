package io.linecast.load;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.TimeUnit;

/**
 * Finds out whether the server serves every connection: being connected only means that the kernel
 * has answered. Two lines are sent, and all connections that listen must hear them, but for their
 * own; rounds are repeated until one is complete.
 */
final class Probe {
  private static final int ROUNDS_MAX = 30;
  private static final int LINES = 2;
  private static final long ROUND_NANOS = TimeUnit.SECONDS.toNanos(3);
  private static final int SILENCE_MILLIS = 100;

  private final Fleet fleet;
  private final Share share;
  private final LineFormat format;
  private int round;

  Probe(Fleet fleet, Share share) {
    this.fleet = fleet;
    this.share = share;
    this.format = share.lineFormat();
  }

  /**
   * Returns when every connection has heard the probe; leaves no trace in the fleet's counts.
   *
   * @return how many rounds it took
   */
  int run() {
    for (round = 0; round < ROUNDS_MAX; round++) {
      for (int i = 0; i < LINES; i++) {
        send(proberOf(i), (long) round * LINES + i + 1);
      }
      if (awaitAll()) {
        fleet.forgetReceived(share.lengths());
        return round + 1;
      }
      fleet.discardUntilQuiet(SILENCE_MILLIS, ROUND_NANOS);
      fleet.forgetReceived(share.lengths());
    }
    throw new LoadFailure(
        "not every connection hears each line of another once, and none of its own");
  }

  /** Where only senders send, the first of them sends both lines. */
  private int proberOf(int line) {
    return share.dialect().separatesSenders() ? 0 : line;
  }

  /**
   * Sends a line.
   *
   * @param number its sender's own, where lines have one
   */
  private void send(int connection, long number) {
    Frame frame = share.dialect().leaving(share.lineBytes());
    byte[] bytes = new byte[frame.sizeBytes(format.lineBytes())];
    int line = frame.putAround(bytes, 0, format.lineBytes());
    frame.putNumber(bytes, 0, number);
    format.encode(bytes, line, 0, connection, round);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment memory = arena.allocateFrom(JAVA_BYTE, bytes);
      if (fleet.send(connection, memory.address(), bytes.length) != bytes.length) {
        throw new LoadFailure("the server does not take a line");
      }
    }
  }

  private boolean awaitAll() {
    long deadline = System.nanoTime() + ROUND_NANOS;
    long expectedBytes = 0;
    for (int i = share.firstListener(); i < fleet.size(); i++) {
      expectedBytes += dueBytes(i);
    }
    boolean news = true;
    while (news && System.nanoTime() < deadline && fleet.totalReceivedBytes() < expectedBytes) {
      news = fleet.discardReady(SILENCE_MILLIS) > 0;
    }
    for (int i = share.firstListener(); i < fleet.size(); i++) {
      if (!fleet.isOpen(i)) {
        throw new LoadFailure("the server has closed a connection on which nothing was wrong");
      }
      // What others ask of their servers may come in between.
      long received = fleet.receivedBytes(i);
      if (share.clustered() ? received < dueBytes(i) : received != dueBytes(i)) {
        return false;
      }
    }
    return true;
  }

  private long dueBytes(int connection) {
    boolean sendsOne = !share.dialect().separatesSenders() && connection < LINES;
    int lines = sendsOne ? LINES - 1 : LINES;
    return share.lengths().bytes(fleet.firstNumber(connection), lines);
  }
}
