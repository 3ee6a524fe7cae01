package io.linecast.server.metrics;

import java.time.Duration;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;

/** Where the buckets of the histograms end. */
final class Buckets {

  private static final Duration[] LATENCY =
      millis(1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 30_000, 60_000);

  private static final Duration[] SWEEP =
      LongStream.of(
              10,
              30,
              100,
              300,
              1_000,
              3_000,
              10_000,
              30_000,
              100_000,
              300_000,
              1_000_000,
              3_000_000,
              10_000_000)
          .mapToObj(micros -> Duration.ofNanos(1_000 * micros))
          .toArray(Duration[]::new);

  private static final double[] LINES =
      DoubleStream.iterate(1, most -> most <= 10_000_000, most -> most * 10).toArray();

  /** From 1 KiB to 1 GiB. */
  private static final double[] BYTES =
      DoubleStream.iterate(1 << 10, most -> most <= 1 << 30, most -> most * 4).toArray();

  private Buckets() {}

  private static Duration[] millis(long... millis) {
    return LongStream.of(millis).mapToObj(Duration::ofMillis).toArray(Duration[]::new);
  }

  static Duration[] ofTime(Metric metric) {
    return switch (metric) {
      case LAG_SECONDS, DELIVERY_LATENCY_SECONDS -> LATENCY.clone();
      case SWEEP_SECONDS -> SWEEP.clone();
      default -> throw new IllegalArgumentException(metric + " is no time");
    };
  }

  static double[] ofAmount(Metric metric) {
    return switch (metric) {
      case LAG_LINES -> LINES.clone();
      case LAG_BYTES -> BYTES.clone();
      default -> throw new IllegalArgumentException(metric + " is no amount");
    };
  }
}
