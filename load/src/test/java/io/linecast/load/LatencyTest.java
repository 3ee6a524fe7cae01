package io.linecast.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class LatencyTest {
  private static final long MILLI = 1_000_000;

  @Test
  void shouldCountFromTheMomentALineWasDue() {
    Latency latency = new Latency(0);
    latency.record(5 * MILLI, 12 * MILLI);

    assertThat(latency.maxMillis()).isCloseTo(7, within(0.01));
  }

  @Test
  void shouldLeaveTheWarmUpOut() {
    Latency latency = new Latency(10 * MILLI);
    latency.record(9 * MILLI, 90 * MILLI);
    latency.record(10 * MILLI, 11 * MILLI);

    assertThat(latency.count()).isEqualTo(1);
    assertThat(latency.maxMillis()).isCloseTo(1, within(0.01));
  }

  @Test
  void shouldComeWholeFromAnotherProcess() {
    Latency one = new Latency(0);
    Latency other = new Latency(0);
    for (int i = 1; i <= 100; i++) {
      (i % 2 == 0 ? one : other).record(0, i * MILLI);
    }

    one.add(Latency.decode(other.encoded()));

    assertThat(one.count()).isEqualTo(100);
    assertThat(one.percentileMillis(50)).isCloseTo(50, within(0.1));
    assertThat(one.percentileMillis(99)).isCloseTo(99, within(0.1));
  }

  @Test
  void shouldDrawACurveThatEndsBelowAHundredPercent() {
    Latency latency = new Latency(0);
    for (int i = 1; i <= 1_000; i++) {
      latency.record(0, i * MILLI);
    }

    double[][] curve = latency.curve();

    assertThat(Arrays.stream(curve)).isNotEmpty().allMatch(step -> step[0] >= 0 && step[0] < 100);
    assertThat(curve[curve.length - 1][1]).isCloseTo(1_000, within(1.0));
  }

  @Test
  void shouldTellNothingOfNothing() {
    Latency latency = new Latency(10 * MILLI);
    latency.record(9 * MILLI, 90 * MILLI);

    assertThat(latency.percentileMillis(99)).isNaN();
    assertThat(latency.maxMillis()).isNaN();
    assertThat(latency.curve()).isEmpty();
  }

  @Test
  void shouldRefuseWhatIsNoHistogram() {
    assertThatThrownBy(() -> Latency.decode("AAAA")).isInstanceOf(RuntimeException.class);
  }
}
