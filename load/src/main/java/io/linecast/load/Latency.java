package io.linecast.load;

import org.HdrHistogram.Histogram;

/**
 * How long after their moment in the schedule lines reached some point, for those lines whose
 * moment is not in the warm-up. Counted from the intended time, so a line that had to wait before
 * it could be sent has waited (no coordinated omission).
 */
final class Latency {
  private static final long TRACKABLE_NANOS_MAX = LineFormat.TIME_NANOS_MAX;
  private static final int SIGNIFICANT_DIGITS = 3;
  private static final double NANOS_PER_MILLI = 1e6;

  private final Histogram histogram = new Histogram(TRACKABLE_NANOS_MAX, SIGNIFICANT_DIGITS);
  private final long warmupNanos;

  Latency(long warmupNanos) {
    this.warmupNanos = warmupNanos;
  }

  void record(long dueNanos, long nowNanos) {
    if (dueNanos >= warmupNanos) {
      histogram.recordValue(Math.clamp(nowNanos - dueNanos, 0, TRACKABLE_NANOS_MAX));
    }
  }

  long count() {
    return histogram.getTotalCount();
  }

  double percentileMillis(double percentile) {
    return histogram.getValueAtPercentile(percentile) / NANOS_PER_MILLI;
  }

  double maxMillis() {
    return histogram.getMaxValue() / NANOS_PER_MILLI;
  }
}
