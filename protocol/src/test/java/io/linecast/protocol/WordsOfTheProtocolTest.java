package io.linecast.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class WordsOfTheProtocolTest {

  @ParameterizedTest
  @EnumSource(Code.class)
  void shouldFindACodeByItsWord(Code code) {
    assertThat(Code.of(code.word())).contains(code);
    assertThat(code).hasToString(code.word());
    assertThat(code.word()).matches("[a-z-]+");
  }

  @ParameterizedTest
  @EnumSource(AckLevel.class)
  void shouldFindALevelByItsWord(AckLevel level) {
    assertThat(AckLevel.of(level.word())).contains(level);
  }

  @ParameterizedTest
  @EnumSource(GapReason.class)
  void shouldFindAReasonByItsWord(GapReason reason) {
    assertThat(GapReason.of(reason.word())).contains(reason);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Quit", "BAD_HELLO", "bad_hello", "quit ", "STORED", "sloww"})
  void shouldKnowWhatIsNone(String word) {
    assertThat(Code.of(word)).isEmpty();
    assertThat(AckLevel.of(word)).isEmpty();
    assertThat(GapReason.of(word)).isEmpty();
  }

  @Test
  void shouldHaveTheWordsOfTheSpecification() {
    assertThat(Arrays.stream(Code.values()).map(Code::word))
        .containsExactlyInAnyOrder(
            "bad-hello",
            "version",
            "channel",
            "auth",
            "bad-verb",
            "bad-number",
            "too-long",
            "duplicate",
            "overload",
            "rate",
            "journal",
            "shutting-down",
            "slow",
            "idle",
            "quit");
    assertThat(Arrays.stream(AckLevel.values()).map(AckLevel::word))
        .containsExactly("accepted", "stored", "written", "done");
    assertThat(Arrays.stream(GapReason.values()).map(GapReason::word))
        .containsExactly("slow", "expired", "epoch", "void");
  }
}
