package io.linecast.server.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linecast.core.Lag;
import io.linecast.core.ServingTimes;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ServerMetricsTest {

  private final ServerMetrics metrics = new ServerMetrics("1.2.3");

  @AfterEach
  void close() {
    metrics.close();
  }

  @Test
  void shouldNameTheRelease() {
    assertThat(metrics.text()).contains("linecast_build_info{version=\"1.2.3\"} 1");
  }

  @Test
  void shouldAskForTheValueEachTime() {
    AtomicLong lines = new AtomicLong(3);
    metrics.export(Metric.LINES_ACCEPTED, lines::get, "main");
    assertThat(metrics.text()).contains("linecast_lines_accepted_total{channel=\"main\"} 3.0");

    lines.set(5);
    System.gc(); // Micrometer refers weakly to what it asks, unless told otherwise
    assertThat(metrics.text()).contains("linecast_lines_accepted_total{channel=\"main\"} 5.0");
  }

  @Test
  void shouldPutServingTimesIntoTheirBuckets() {
    ServingTimes times = metrics.timesOf("main");
    times.delivered(TimeUnit.MILLISECONDS.toNanos(3));
    times.delivered(TimeUnit.SECONDS.toNanos(70));
    times.swept(TimeUnit.MICROSECONDS.toNanos(20));

    assertThat(metrics.text())
        .contains(
            "linecast_delivery_latency_seconds_bucket{channel=\"main\",le=\"0.002\"} 0",
            "linecast_delivery_latency_seconds_bucket{channel=\"main\",le=\"0.005\"} 1",
            "linecast_delivery_latency_seconds_bucket{channel=\"main\",le=\"60.0\"} 1",
            "linecast_delivery_latency_seconds_bucket{channel=\"main\",le=\"+Inf\"} 2",
            "linecast_sweep_seconds_bucket{channel=\"main\",le=\"1.0E-5\"} 0",
            "linecast_sweep_seconds_bucket{channel=\"main\",le=\"3.0E-5\"} 1");
  }

  @Test
  void shouldPutLagsIntoTheirBuckets() {
    metrics.addLag("main", new Lag(0, 0, 0));
    metrics.addLag("main", new Lag(50, 5_000, TimeUnit.MILLISECONDS.toNanos(15)));

    assertThat(metrics.text())
        .contains(
            "linecast_lag_lines_bucket{channel=\"main\",le=\"1.0\"} 1",
            "linecast_lag_lines_bucket{channel=\"main\",le=\"100.0\"} 2",
            "linecast_lag_lines_sum{channel=\"main\"} 50.0",
            "linecast_lag_bytes_bucket{channel=\"main\",le=\"4096.0\"} 1",
            "linecast_lag_bytes_bucket{channel=\"main\",le=\"16384.0\"} 2",
            "linecast_lag_seconds_bucket{channel=\"main\",le=\"0.01\"} 1",
            "linecast_lag_seconds_bucket{channel=\"main\",le=\"0.02\"} 2");
  }

  @Test
  void shouldWantAValueForEachLabel() {
    assertThatThrownBy(() -> metrics.export(Metric.LINES_ACCEPTED, () -> 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> metrics.export(Metric.LAG_LINES, () -> 1, "main"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
