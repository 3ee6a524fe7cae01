package io.linecast.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleTest {

  @ParameterizedTest
  @ValueSource(longs = {1, 3, 7, 1_000, 40_000, 99_991, 10_000_000})
  void shouldCountALineFromTheMomentItIsDue(long linesPerSecond) {
    Schedule schedule = new Schedule(4, linesPerSecond, Long.MAX_VALUE);
    for (long line = 0; line < 3 * linesPerSecond; line += 1 + linesPerSecond / 500) {
      long dueNanos = schedule.dueNanos(line);
      assertThat(schedule.linesDueAt(dueNanos)).as("at line %d", line).isEqualTo(line + 1);
      assertThat(schedule.linesDueAt(dueNanos - 1)).as("before line %d", line).isEqualTo(line);
    }
  }

  @Test
  void shouldStayExactAfterAnHour() {
    Schedule schedule = new Schedule(1, 100_000, Long.MAX_VALUE);

    assertThat(schedule.dueNanos(360_000_000)).isEqualTo(3_600_000_000_000L);
    assertThat(schedule.linesDueAt(3_600_000_000_000L)).isEqualTo(360_000_001);
  }

  @Test
  void shouldEndWithTheLastLine() {
    assertThat(new Schedule(1, 1_000, 2_500).linesDueAt(9_000_000_000L)).isEqualTo(2_500);
  }

  @Test
  void shouldShareTheLinesEvenlyAmongTheSenders() {
    Schedule schedule = new Schedule(3, 1_000, 11);

    for (long lines = 0; lines <= 11; lines++) {
      long[] counts = new long[3];
      for (long line = 0; line < lines; line++) {
        counts[schedule.senderOf(line)]++;
      }
      for (int sender = 0; sender < 3; sender++) {
        assertThat(schedule.linesOf(sender, lines))
            .as("sender %d of %d lines", sender, lines)
            .isEqualTo(counts[sender]);
      }
    }
  }

  @Test
  void shouldFindASendersLineAgain() {
    Schedule schedule = new Schedule(7, 1_000, 1_000);

    for (long line = 0; line < 100; line++) {
      int sender = schedule.senderOf(line);
      long sequence = schedule.linesOf(sender, line);
      assertThat(schedule.lineOf(sender, sequence)).isEqualTo(line);
    }
  }
}
