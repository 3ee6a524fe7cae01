package io.linecast.cli;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * Keeps a rate. Whoever was late does not hurry for more than a tenth of a second's worth: a rate
 * is a promise to others. For one thread.
 */
final class Metronome {

  private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long HURRY_NANOS = SECOND_NANOS / 10;

  private final double intervalNanos;
  private final LongSupplier nanoTime;
  private double due;

  /** So many beats a second; 0: as many as one likes. */
  static Metronome of(double perSecond) {
    return new Metronome(perSecond, System::nanoTime);
  }

  Metronome(double perSecond, LongSupplier nanoTime) {
    this.intervalNanos = perSecond > 0 ? SECOND_NANOS / perSecond : 0;
    this.nanoTime = nanoTime;
    this.due = nanoTime.getAsLong();
  }

  /** Whether to wait before the next beat, which is the case only if there is a rate. */
  boolean isEarly() {
    return remainingNanos() > 0;
  }

  /** Waits until the next beat is due, and counts it. */
  void await() {
    for (long left = remainingNanos(); left > 0; left = remainingNanos()) {
      LockSupport.parkNanos(left);
      if (Thread.currentThread().isInterrupted()) {
        return;
      }
    }
    due = Math.max(due, (double) (nanoTime.getAsLong() - HURRY_NANOS)) + intervalNanos;
  }

  private long remainingNanos() {
    return intervalNanos == 0 ? 0 : (long) (due - nanoTime.getAsLong());
  }
}
