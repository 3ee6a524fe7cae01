package io.linecast.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.linecast.server.LatencyWindow.Latency;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LatencyWindowTest {

  private final LatencyWindow window = new LatencyWindow();

  @Test
  void shouldTellNothingWhereNothingWasRecorded() {
    window.turn();

    assertThat(window.latency()).isEmpty();
  }

  @Test
  void shouldTellOfFullSecondsAlone() {
    window.delivered(1_000_000);
    assertThat(window.latency()).isEmpty();

    window.turn();
    assertThat(window.latency()).contains(new Latency(1, 1, 1));
  }

  @Test
  void shouldForgetWhatIsOlderThanFiveSeconds() {
    window.delivered(1_000_000);
    for (int second = 1; second <= 5; second++) {
      window.turn();
      assertThat(window.latency()).as("after %d s", second).isPresent();
    }
    window.turn();

    assertThat(window.latency()).isEmpty();
  }

  @Test
  void shouldKnowQuantilesToThreePercentAndTheLongestExactly() {
    for (int i = 1; i <= 10_000; i++) {
      window.delivered(i * 1_000L);
      if (i % 2_500 == 0) {
        window.turn();
      }
    }
    Latency latency = window.latency().orElseThrow();

    assertThat(latency.p50()).isCloseTo(5, within(0.16));
    assertThat(latency.p99()).isCloseTo(9.9, within(0.1));
    assertThat(latency.max()).isEqualTo(10);
  }

  @ParameterizedTest
  @ValueSource(
      longs = {-1, 0, 1, 31, 32, 63, 64, 1_000, 65_535, 1_000_000_007L, Long.MAX_VALUE - 1})
  void shouldTakeAnyDuration(long nanos) {
    window.delivered(nanos);
    window.turn();
    Latency latency = window.latency().orElseThrow();

    assertThat(latency.p50()).isEqualTo(latency.max());
    assertThat(latency.max()).isEqualTo(LatencyWindow.millis(Math.max(0, nanos)));
  }

  @Test
  void shouldLoseNothingThatManyThreadsRecord() {
    try (ExecutorService pool = Executors.newFixedThreadPool(4)) {
      for (int thread = 0; thread < 4; thread++) {
        long nanos = thread < 3 ? 1_000_000 : 9_000_000;
        pool.execute(
            () -> {
              for (int i = 0; i < 10_000; i++) {
                window.delivered(nanos);
              }
            });
      }
    }
    window.turn();

    assertThat(window.latency().orElseThrow().p50()).isCloseTo(1, within(0.04));
    assertThat(window.latency().orElseThrow().p99()).isEqualTo(9);
  }
}
