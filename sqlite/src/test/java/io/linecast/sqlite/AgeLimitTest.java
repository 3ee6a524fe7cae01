package io.linecast.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Clocks that are set, and what that means for the age of lines. */
class AgeLimitTest {

  private static final long DAY = 86_400;
  private static final long HOUR = 3_600;

  private final OpenJournal.Clock clock = new OpenJournal.Clock();

  private AgeLimit limit(long ageSeconds, long newestSecondsAgo) {
    long newest = clock.time.millis() - 1000 * newestSecondsAgo;
    return new AgeLimit(1000 * ageSeconds, clock.time, newest);
  }

  private void assertLimit(AgeLimit limit, long secondsAgo) {
    assertThat(limit.millis()).isEqualTo(clock.time.millis() - 1000 * secondsAgo);
  }

  @Test
  void shouldGoOnWithTime() {
    AgeLimit limit = limit(DAY, 5);
    assertLimit(limit, DAY);
    assertThat(limit.startMillis()).isEqualTo(limit.millis());
    clock.pass(10 * DAY);
    assertLimit(limit, DAY);
  }

  @Test
  void shouldBeNoneWhereLinesMayBeOfAnyAge() {
    AgeLimit limit = limit(0, 5);
    assertThat(limit.startMillis()).isEqualTo(AgeLimit.NONE);
    clock.set(1_000_000_000);
    assertThat(limit.millis()).isEqualTo(AgeLimit.NONE);
  }

  @Test
  void shouldPauseAtTheStartIfAllLinesAreTooOld() {
    AgeLimit limit = limit(DAY, DAY + 1);
    assertThat(limit.startMillis()).isEqualTo(AgeLimit.NONE);
    clock.pass(HOUR - 1);
    assertThat(limit.millis()).isEqualTo(AgeLimit.NONE);
    clock.pass(1);
    assertLimit(limit, DAY);
  }

  @Test
  void shouldNotPauseWithoutLines() {
    assertLimit(new AgeLimit(1000 * DAY, clock.time, 0), DAY);
  }

  @Test
  void shouldPauseNoLongerThanLinesAreKept() {
    AgeLimit limit = limit(90, 91);
    clock.pass(89);
    assertThat(limit.millis()).isEqualTo(AgeLimit.NONE);
    clock.pass(1);
    assertLimit(limit, 90);
  }

  @Test
  void shouldPauseWhenTheClockIsSetForward() {
    AgeLimit limit = limit(DAY, 5);
    clock.set(1_000_000 + 61);
    assertThat(limit.millis()).isEqualTo(AgeLimit.NONE);
    clock.pass(HOUR);
    assertLimit(limit, DAY);
  }

  @Test
  void shouldGoOnWhenItIsSetBackAgain() {
    AgeLimit limit = limit(DAY, 5);
    clock.set(900_000_000);
    assertThat(limit.millis()).isEqualTo(AgeLimit.NONE);
    clock.set(1_000_000);
    assertLimit(limit, DAY);
  }

  @Test
  void shouldNotMindSmallCorrections() {
    AgeLimit limit = limit(DAY, -59);
    clock.set(1_000_000 + 59);
    assertLimit(limit, DAY);
    clock.set(1_000_000);
    assertLimit(limit, DAY);
  }
}
