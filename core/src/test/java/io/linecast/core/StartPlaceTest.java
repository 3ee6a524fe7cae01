package io.linecast.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.linecast.protocol.Code;
import io.linecast.protocol.From;
import io.linecast.protocol.GapReason;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class StartPlaceTest {

  private static final String EPOCH = "5f3a9c01";

  /** From, last line, oldest line kept: the last line before hearing begins, and the gap. */
  @ParameterizedTest
  @CsvSource({
    "new, 0, 1, 0, ",
    "new, 9, 5, 9, ",
    "oldest, 0, 1, 0, ",
    "oldest, 9, 1, 0, ",
    "oldest, 9, 5, 4, ",
    "oldest, 9, 10, 9, ",
    "-1, 0, 1, 0, ",
    "-1, 9, 5, 8, ",
    "-5, 9, 5, 4, ",
    "-6, 9, 5, 4, ",
    "-9223372036854775807, 9, 1, 0, ",
    "1, 0, 1, 0, ",
    "10, 9, 5, 9, ",
    "9, 9, 5, 8, ",
    "5, 9, 5, 4, ",
    "4, 9, 5, 4, 4-4 expired",
    "1, 9, 5, 4, 1-4 expired",
    "1, 9, 10, 9, 1-9 expired",
  })
  void shouldBeginWhereTheClientAsksTo(String from, long last, long oldest, long line, String gap) {
    StartPlace place = StartPlace.of(parse(from), Optional.empty(), EPOCH, last, oldest);

    assertThat(place.line()).isEqualTo(line);
    assertThat(place.gap().map(StartPlaceTest::text)).isEqualTo(Optional.ofNullable(gap));
  }

  @ParameterizedTest
  @CsvSource({"10, 9", "9, 9", "1, 9", "1000, 9", "9223372036854775807, 9", "1, 0"})
  void shouldBeginWithTheOldestWhereTheNumberIsOfAnotherEpoch(String from, long last) {
    StartPlace place = StartPlace.of(parse(from), Optional.of("other"), EPOCH, last, 1);

    assertThat(place.line()).isZero();
    assertThat(place.gap().map(StartPlaceTest::text)).contains(from + "-9223372036854775807 epoch");
  }

  @Test
  void shouldTakeANumberOfThisEpochForWhatItIs() {
    assertThat(StartPlace.of(parse("7"), Optional.of(EPOCH), EPOCH, 9, 5))
        .isEqualTo(new StartPlace(6, Optional.empty()));
  }

  @ParameterizedTest
  @CsvSource({"new, 9", "oldest, 4", "-2, 7"})
  void shouldPassOverTheEpochWhereThereIsNoNumber(String from, long line) {
    assertThat(StartPlace.of(parse(from), Optional.of("other"), EPOCH, 9, 5))
        .isEqualTo(new StartPlace(line, Optional.empty()));
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        arguments("11", 9L, Code.BAD_NUMBER),
        arguments("2", 0L, Code.BAD_NUMBER),
        arguments("9223372036854775807", 9L, Code.BAD_NUMBER),
        arguments("2026-01-01T00:00:00Z", 9L, Code.BAD_HELLO));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void shouldRefuseAPlaceThatIsNone(String from, long last, Code code) {
    assertThatThrownBy(() -> StartPlace.of(parse(from), Optional.empty(), EPOCH, last, 1))
        .isInstanceOfSatisfying(RefusedException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  private static From parse(String from) {
    return From.parse(from).orElseThrow();
  }

  private static String text(Gap gap) {
    GapReason reason = gap.reason();
    return gap.first() + "-" + gap.last() + " " + reason.word();
  }
}
