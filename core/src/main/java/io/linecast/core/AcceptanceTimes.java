package io.linecast.core;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * When a channel's lines were accepted, to 10 ms, for the last minute and a half. Written in the
 * append section; read from any thread.
 */
final class AcceptanceTimes {

  /** How far two of the times kept are apart at least. */
  static final long RESOLUTION_NANOS = 10_000_000;

  private static final int SIZE = 8192;

  private final AtomicReferenceArray<Stamp> stamps = new AtomicReferenceArray<>(SIZE);

  /** How many there have been. Volatile: readers see the stamps before it. */
  private volatile long count;

  /**
   * Lines behind a place have been accepted at this time. The place before them is kept, so that a
   * line is taken for older than it is by the resolution at the most, whatever comes behind it.
   * Append section only.
   */
  void onAccepted(Head before, long nanos) {
    long now = count;
    if (now == 0 || nanos - at(now - 1).nanos() >= RESOLUTION_NANOS) {
      stamps.set((int) (now % SIZE), new Stamp(before, nanos));
      count = now + 1;
    }
  }

  /** How long ago a line was accepted; of an older one than are known, as the oldest known. */
  long ageNanos(long line, long nowNanos) {
    long newest = count - 1;
    long from = Math.max(0, newest + 1 - SIZE);
    long to = newest;
    while (from < to) { // the last that is before the line
      long middle = (from + to + 1) >>> 1;
      if (at(middle).place().line() < line) {
        from = middle;
      } else {
        to = middle - 1;
      }
    }
    return newest < 0 ? 0 : Math.max(0, nowNanos - at(from).nanos());
  }

  private Stamp at(long index) {
    return Objects.requireNonNull(stamps.get((int) (index % SIZE)));
  }
}
