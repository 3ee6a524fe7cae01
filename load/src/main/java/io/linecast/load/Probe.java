package io.linecast.load;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Finds out whether the server serves every connection: being connected only means that the kernel
 * has answered. The first two connections each send a line, and all others must hear it; rounds are
 * repeated until one is complete.
 */
final class Probe {
  private static final int ROUNDS_MAX = 10;
  private static final long ROUND_NANOS = 3_000_000_000L;
  private static final int SILENCE_MILLIS = 300;

  private final Fleet fleet;
  private final LineFormat format;
  private int round;

  Probe(Fleet fleet, LineFormat format) {
    this.fleet = fleet;
    this.format = format;
  }

  /** Returns when every connection has heard the probe; leaves no trace in the fleet's counts. */
  void run() {
    for (round = 0; round < ROUNDS_MAX; round++) {
      send(0);
      send(1);
      if (awaitAll()) {
        fleet.forgetReceived();
        return;
      }
      awaitSilence();
      fleet.forgetReceived();
    }
    throw new LoadFailure(
        "not every connection hears each line of another once, and none of its own");
  }

  private void send(int connection) {
    byte[] line = new byte[format.lineBytes()];
    format.encode(line, 0, 0, connection, round);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment memory = arena.allocateFrom(JAVA_BYTE, line);
      if (fleet.send(connection, memory.address(), line.length) != line.length) {
        throw new LoadFailure("the server does not take a line");
      }
    }
  }

  private boolean awaitAll() {
    long deadline = System.nanoTime() + ROUND_NANOS;
    long expectedBytes = 2L * (fleet.size() - 1) * format.lineBytes();
    while (System.nanoTime() < deadline && fleet.totalReceivedBytes() < expectedBytes) {
      fleet.discardReady(SILENCE_MILLIS);
    }
    for (int i = 0; i < fleet.size(); i++) {
      int lines = i < 2 ? 1 : 2;
      if (!fleet.isOpen(i)) {
        throw new LoadFailure("the server has closed a connection on which nothing was wrong");
      }
      if (fleet.receivedBytes(i) != (long) lines * format.lineBytes()) {
        return false;
      }
    }
    return true;
  }

  private void awaitSilence() {
    long deadline = System.nanoTime() + ROUND_NANOS;
    while (fleet.discardReady(SILENCE_MILLIS) > 0 && System.nanoTime() < deadline) {}
  }
}
