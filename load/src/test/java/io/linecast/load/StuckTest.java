package io.linecast.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class StuckTest {
  private static final long MILLI = 1_000_000;

  @Test
  void shouldCompareWithTheMeanOfTheRunsBeforeAndAfter() {
    List<Figure> figures = Stuck.delays(latency(8), latency(9), latency(4));

    assertThat(value(figures, "healthy_p99_millis_without")).isCloseTo(6, within(0.01));
    assertThat(value(figures, "healthy_p99_millis_without_before")).isCloseTo(8, within(0.01));
    assertThat(value(figures, "healthy_p99_millis_without_again")).isCloseTo(4, within(0.01));
    assertThat(value(figures, "healthy_p99_millis_with")).isCloseTo(9, within(0.01));
    assertThat(value(figures, "healthy_p99_ratio")).isCloseTo(1.5, within(0.01));
  }

  @Test
  void shouldGiveNoRatioWhereNothingCame() {
    List<Figure> figures = Stuck.delays(latency(8), new Latency(0), latency(4));

    assertThat(value(figures, "healthy_p99_millis_without")).isCloseTo(6, within(0.01));
    assertThat(value(figures, "healthy_p99_ratio")).isNaN();
  }

  @Test
  void shouldTellMemoryAtSeveralMoments() {
    List<Figure> figures =
        Stuck.memory(
            100_000_000, new LoadResult.ServerUsage(1, 104_000_000, 110_000_000), 99_000_000);

    assertThat(value(figures, "resident_megabytes_before")).isEqualTo(100);
    assertThat(value(figures, "resident_megabytes_max")).isEqualTo(110);
    assertThat(value(figures, "resident_megabytes_after")).isEqualTo(104);
    assertThat(value(figures, "resident_megabytes_again")).isEqualTo(99);
  }

  static double value(List<Figure> figures, String key) {
    return figures.stream()
        .filter(figure -> figure.key().equals(key))
        .findFirst()
        .orElseThrow()
        .value();
  }

  private static Latency latency(long millis) {
    Latency latency = new Latency(0);
    latency.record(0, millis * MILLI);
    return latency;
  }
}
