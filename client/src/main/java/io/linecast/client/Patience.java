package io.linecast.client;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Durations as clocks count them: longer ones than 292 years are as good as those. */
final class Patience {

  private static final Duration MOST = Duration.ofNanos(Long.MAX_VALUE);

  private Patience() {}

  static Duration bounded(Duration patience) {
    return patience.compareTo(MOST) > 0 ? MOST : patience;
  }

  /** Waits for a thread's end; false if that has not come in time. */
  static boolean joins(Thread thread, long patienceNanos) {
    try {
      TimeUnit.NANOSECONDS.timedJoin(thread, patienceNanos);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return !thread.isAlive();
  }

  /** At least 0. */
  static long nanos(Duration patience) {
    return patience.isNegative() ? 0 : bounded(patience).toNanos();
  }
}
