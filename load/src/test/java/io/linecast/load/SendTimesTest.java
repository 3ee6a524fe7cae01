package io.linecast.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SendTimesTest {
  private static final long MILLI = 1_000_000;

  private final SendTimes times = new SendTimes(4);
  private final Latency latency = new Latency(0);

  @Test
  void shouldCountFromTheMomentEachLineWasSent() {
    times.sent(1, 0);
    times.sent(4, 10 * MILLI);
    times.answered(0, 3, 12 * MILLI, latency);
    times.answered(3, 4, 40 * MILLI, latency);

    assertThat(latency.count()).isEqualTo(4);
    assertThat(latency.percentileMillis(50)).isCloseTo(2, within(0.01));
    assertThat(latency.percentileMillis(75)).isCloseTo(12, within(0.01));
    assertThat(latency.maxMillis()).isCloseTo(30, within(0.02));
  }

  @Test
  void shouldGoRoundForAsLongAsTheWindowIsKept() {
    for (int line = 0; line < 1_000; line++) {
      times.sent(line + 4, line * MILLI);
      times.answered(line, line + 1, (line + 1) * MILLI, latency);
    }

    assertThat(latency.count()).isEqualTo(1_000);
    assertThat(latency.maxMillis()).isCloseTo(4, within(0.01));
  }

  @Test
  void shouldNotCountAnswersToWhatWasNotSent() {
    times.sent(2, 0);
    times.sent(2, MILLI);
    times.answered(0, 5, MILLI, latency);

    assertThat(latency.count()).isEqualTo(2);
  }
}
