package io.linecast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FailedLinesTest {

  private static final LineSource INPUT = new LineSource(Optional.empty());

  private final List<String> told = new ArrayList<>();
  private final FailedLines failures = new FailedLines(told::add);

  @Test
  void shouldTellOfALineAtOnce() {
    fail(3, "too long");
    assertThat(told).containsExactly("standard input, line 3: too long");
  }

  @Test
  void shouldTellOfThoseThatFollowForTheSameReasonTogether() {
    fail(3, "lost");
    fail(4, "lost");
    fail(5, "lost");
    fail(6, "too long");
    fail(7, "too long");
    failures.end();
    failures.end();
    assertThat(told)
        .containsExactly(
            "standard input, line 3: lost",
            "standard input, lines 4 to 5: likewise",
            "standard input, line 6: too long",
            "standard input, line 7: likewise");
  }

  @Test
  void shouldTellOfALineInAnotherPlaceByItself() {
    fail(3, "lost");
    fail(5, "lost");
    failures.add(new SendTally.Place(LineSource.of(List.of("a")).getFirst(), 6), "lost");
    assertThat(told)
        .containsExactly(
            "standard input, line 3: lost", "standard input, line 5: lost", "a, line 6: lost");
  }

  @Test
  void shouldNotFloodWhoReads() {
    for (int i = 1; i < 1_000; i += 2) {
      fail(i, "too long");
    }
    assertThat(told).hasSize(21).last().asString().contains("counted");
  }

  private void fail(long number, String why) {
    failures.add(new SendTally.Place(INPUT, number), why);
  }
}
