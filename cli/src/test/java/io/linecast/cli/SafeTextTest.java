package io.linecast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SafeTextTest {

  @ParameterizedTest
  @ValueSource(strings = {"", "ann: hello", "größer, 更大, 🚢", "👩‍🚀 in one", "e\u0301 in two"})
  void shouldLeaveTextAlone(String text) {
    assertThat(SafeText.of(text)).isEqualTo(text);
  }

  @Test
  void shouldShowControlCharactersInsteadOfObeyingThem() {
    assertThat(SafeText.of("\u001b[2Jgone\u0007\b\u007f")).isEqualTo("␛[2Jgone␇␈␡");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u009b2J", "\u202eabc", "\u2066abc", "\u2028", "\u0085", "\ud83d"})
  void shouldTakeOutWhatIsNotSeen(String text) {
    assertThat(SafeText.of(text)).startsWith("\uFFFD");
  }

  @Test
  void shouldDropTheCarriageReturnAtTheEnd() {
    assertThat(SafeText.of("from telnet\r")).isEqualTo("from telnet");
    assertThat(SafeText.of("over\rwritten")).isEqualTo("over␍written");
  }

  @Test
  void shouldCutWhatIsTooLongForAnyScreen() {
    assertThat(SafeText.of("x".repeat(60_000))).hasSizeLessThan(4_100).endsWith("(56000 more)");
  }
}
