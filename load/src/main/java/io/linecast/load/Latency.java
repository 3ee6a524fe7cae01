package io.linecast.load;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.stream.StreamSupport;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;

/**
 * How long after their moment in the schedule lines reached some point, for those lines whose
 * moment is not in the warm-up. Counted from the intended time, so a line that had to wait before
 * it could be sent has waited (no coordinated omission). Used by one thread.
 */
final class Latency {
  private static final long TRACKABLE_NANOS_MAX = LineFormat.TIME_NANOS_MAX;
  private static final int SIGNIFICANT_DIGITS = 3;
  private static final double NANOS_PER_MILLI = 1e6;
  private static final int PERCENTILE_TICKS = 5;
  private static final double PERCENT = 100;

  private final Histogram histogram;
  private final long warmupNanos;

  Latency(long warmupNanos) {
    this(new Histogram(TRACKABLE_NANOS_MAX, SIGNIFICANT_DIGITS), warmupNanos);
  }

  private Latency(Histogram histogram, long warmupNanos) {
    this.histogram = histogram;
    this.warmupNanos = warmupNanos;
  }

  /** What {@link #encoded} wrote. */
  static Latency decode(String encoded) {
    ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(encoded));
    try {
      return new Latency(Histogram.decodeFromCompressedByteBuffer(bytes, TRACKABLE_NANOS_MAX), 0);
    } catch (DataFormatException e) {
      throw new LoadFailure("a worker's histogram cannot be read: " + e.getMessage());
    }
  }

  /** As text, for another process. */
  String encoded() {
    ByteBuffer bytes = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
    byte[] used = new byte[histogram.encodeIntoCompressedByteBuffer(bytes)];
    bytes.flip().get(used);
    return Base64.getEncoder().encodeToString(used);
  }

  void record(long dueNanos, long nowNanos) {
    if (dueNanos >= warmupNanos) {
      histogram.recordValue(Math.clamp(nowNanos - dueNanos, 0, TRACKABLE_NANOS_MAX));
    }
  }

  /** So many at once. */
  void record(long dueNanos, long nowNanos, long count) {
    if (dueNanos >= warmupNanos && count > 0) {
      long delay = Math.clamp(nowNanos - dueNanos, 0, TRACKABLE_NANOS_MAX);
      histogram.recordValueWithCount(delay, count);
    }
  }

  void add(Latency other) {
    histogram.add(other.histogram);
  }

  long count() {
    return histogram.getTotalCount();
  }

  /** NaN if there is nothing to tell of. */
  double percentileMillis(double percentile) {
    return count() == 0 ? Double.NaN : histogram.getValueAtPercentile(percentile) / NANOS_PER_MILLI;
  }

  /** NaN if there is nothing to tell of. */
  double maxMillis() {
    return count() == 0 ? Double.NaN : histogram.getMaxValue() / NANOS_PER_MILLI;
  }

  /** Percentile and milliseconds, closer and closer to 100, for a curve. */
  double[][] curve() {
    return StreamSupport.stream(histogram.percentiles(PERCENTILE_TICKS).spliterator(), false)
        .filter(step -> step.getPercentileLevelIteratedTo() < PERCENT)
        .map(
            step ->
                new double[] {
                  step.getPercentileLevelIteratedTo(), step.getValueIteratedTo() / NANOS_PER_MILLI
                })
        .toArray(double[][]::new);
  }
}
