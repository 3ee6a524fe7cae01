package io.linecast.client;

import java.time.Duration;
import java.util.function.LongUnaryOperator;

/**
 * How long to wait before the next try: twice as long each time, with chance in it, so that many
 * clients of one server do not come back at one moment. For one thread.
 */
final class BackOff {

  private final long minNanos;
  private final long maxNanos;
  private final LongUnaryOperator chance;
  private long nanos;

  /**
   * A back-off at its beginning.
   *
   * @param chance a random number from 0 to less than its argument
   */
  BackOff(Duration min, Duration max, LongUnaryOperator chance) {
    minNanos = min.toNanos();
    maxNanos = Math.max(minNanos, max.toNanos());
    this.chance = chance;
    nanos = minNanos;
  }

  /** The next delay: between half of what it has come to and all of it. */
  Duration next() {
    long half = nanos / 2;
    long delay = half + chance.applyAsLong(nanos - half + 1);
    nanos = nanos > maxNanos / 2 ? maxNanos : 2 * nanos;
    return Duration.ofNanos(delay);
  }

  /** Begins again with a short delay, if a connection has lasted. */
  void connectionLasted(Duration lifetime) {
    if (lifetime.toNanos() >= maxNanos) {
      nanos = minNanos;
    }
  }
}
