package io.linecast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Words that {@code linecast serve} does not take, and what it says of them. */
@Timeout(60)
class ServeRefusalTest {

  @ParameterizedTest
  @CsvSource({
    "--port, 65536",
    "--port, -1",
    "--port, many",
    "--port, ''",
    "--lines, 7000",
    "--lines, weather=7000",
    "--lines, 7000=",
    "--lines, 70000=weather",
    "--window, 0",
    "--window, -1",
    "--window, 12q",
    "--window, big",
    "--max-line, 0",
    "--max-line, -5",
    "--max-line, long",
    "--too-long, perhaps",
    "--history, -1",
    "--history, all of it",
    "--slow, sometimes",
    "--max-connections, -1",
    "--max-connections, some",
    "--idle-timeout, -1s",
    "--idle-timeout, 5 parsecs",
    "--event-loops, -1",
    "--event-loops, some",
    "--transport, pigeon",
    "--drain, -1",
    "--drain, soon",
    "--log-level, loud",
  })
  void shouldNameTheOptionThatHasABadValue(String option, String value) {
    assertRefused(option, "serve", "--port", "0", option, value);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--port", "--window", "--slow", "--lines"})
  void shouldNameTheOptionThatLacksItsValue(String option) {
    assertRefused(option, "serve", option);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--nonsense", "1234"})
  void shouldNameWhatItDoesNotKnow(String word) {
    assertRefused(word, "serve", "--port", "0", word);
  }

  private static void assertRefused(String named, String... words) {
    InThisProcess.End end = InThisProcess.run(words);
    assertThat(end.code()).as(end.output()).isEqualTo(ExitCode.USAGE.code());
    assertThat(end.output()).contains(named).doesNotContain("Exception", "\tat ");
  }
}
