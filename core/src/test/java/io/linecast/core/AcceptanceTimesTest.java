package io.linecast.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AcceptanceTimesTest {

  private static final long STEP = AcceptanceTimes.RESOLUTION_NANOS;

  private final AcceptanceTimes times = new AcceptanceTimes();
  private long lines;

  @Test
  void shouldKnowNothingBeforeTheFirstLine() {
    assertThat(times.ageNanos(1, 99)).isZero();
  }

  @Test
  void shouldTellWhenTheBatchOfALineCame() {
    accept(3, 0);
    accept(5, STEP);
    accept(9, 3 * STEP);

    assertThat(times.ageNanos(1, 10 * STEP)).isEqualTo(10 * STEP);
    assertThat(times.ageNanos(3, 10 * STEP)).isEqualTo(10 * STEP);
    assertThat(times.ageNanos(4, 10 * STEP)).isEqualTo(9 * STEP);
    assertThat(times.ageNanos(9, 10 * STEP)).isEqualTo(7 * STEP);
  }

  @Test
  void shouldTakeWhatComesWithinTheResolutionForOne() {
    accept(1, 0);
    accept(2, STEP - 1);
    accept(3, STEP);

    assertThat(times.ageNanos(2, 5 * STEP)).isEqualTo(5 * STEP);
    assertThat(times.ageNanos(3, 5 * STEP)).isEqualTo(4 * STEP);
  }

  @Test
  void shouldNotTakeALineForNewBecauseSomethingNewComes() {
    accept(1, 0);
    accept(2, STEP / 2);
    assertThat(times.ageNanos(2, 6_000 * STEP)).isEqualTo(6_000 * STEP);

    accept(3, 6_000 * STEP);
    assertThat(times.ageNanos(2, 6_001 * STEP)).isEqualTo(6_001 * STEP);
    assertThat(times.ageNanos(3, 6_001 * STEP)).isEqualTo(STEP);
  }

  @Test
  void shouldTakeWhatIsNewerThanTheNewestTimeForThat() {
    accept(1, 0);
    accept(2, 1);

    assertThat(times.ageNanos(2, 5)).isEqualTo(5);
    assertThat(times.ageNanos(2, -5)).as("asked by a thread that is late").isZero();
  }

  @Test
  void shouldForgetAfterAWhile() {
    int last = 20_000;
    for (int line = 1; line <= last; line++) {
      accept(line, line * STEP);
    }

    long oldest = times.ageNanos(1, last * STEP);
    assertThat(oldest).isBetween(80_000_000_000L, 90_000_000_000L);
    assertThat(times.ageNanos(last - 100, last * STEP)).isEqualTo(100 * STEP);
  }

  /** Lines up to this one come. */
  private void accept(long line, long nanos) {
    times.onAccepted(new Head(10 * lines, lines), nanos);
    lines = line;
  }
}
