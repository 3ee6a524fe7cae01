package io.linecast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0           | 0
          0.5         | 0.5
          57          | 57
          999.6       | 1,000
          40000       | 40,000
          100000      | 100 k
          999499      | 999 k
          999500      | 1 M
          160000000   | 160 M
          501200000   | 501 M
          1e20        | 100,000,000 T
          """)
  void shouldTellARate(double value, String text) {
    assertThat(Figures.rate(OptionalDouble.of(value))).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0           | 0 B
          1023        | 1023 B
          1024        | 1 KiB
          1300000     | 1.24 MiB
          67004006    | 63.9 MiB
          67108864    | 64 MiB
          1048575     | 1 MiB
          1e12        | 931 GiB
          """)
  void shouldTellBytes(double value, String text) {
    assertThat(Figures.bytes(OptionalDouble.of(value))).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0           | 0 ms
          0.412       | 0.41 ms
          38          | 38 ms
          999.4       | 999 ms
          1700        | 1.7 s
          70000       | 1 min 10 s
          90061000    | 1 d 1 h
          """)
  void shouldTellATimeSpan(double value, String text) {
    assertThat(Figures.millis(OptionalDouble.of(value))).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"-1, 0 s", "0, 0 s", "59, 59 s", "3600, 1 h 0 min", "273900, 3 d 4 h"})
  void shouldTellTheTwoLargestUnits(long seconds, String text) {
    assertThat(Figures.duration(seconds)).isEqualTo(text);
  }

  @Test
  void shouldTellADashOfWhatNobodyKnows() {
    OptionalDouble unknown = OptionalDouble.empty();
    assertThat(Figures.count(unknown)).isEqualTo("-");
    assertThat(Figures.rate(unknown)).isEqualTo("-");
    assertThat(Figures.bytes(unknown)).isEqualTo("-");
    assertThat(Figures.millis(unknown)).isEqualTo("-");
    assertThat(Figures.duration(unknown)).isEqualTo("-");
  }

  @Test
  void shouldTellTheTimeOfDayHereAndTheDateOfAnotherDay() {
    Instant now = Instant.parse("2026-01-31T12:00:00Z");
    ZoneId zone = ZoneId.of("+02:00");
    assertThat(Figures.clock("2026-01-31T09:59:00.5Z", now, zone)).isEqualTo("11:59:00");
    assertThat(Figures.clock("2026-01-30T21:59:00Z", now, zone)).isEqualTo("2026-01-30 23:59:00");
    assertThat(Figures.clock("yesterday", now, zone)).isEqualTo("yesterday");
  }
}
