package io.linecast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Words that {@code linecast bench} does not take, and what it says of them. */
@Timeout(60)
class BenchRefusalTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--connections 1",
        "--rate 0",
        "--line-bytes 17",
        "--scenario none",
        "--plot f.gif",
        "--plot /no/such/folder/f.svg",
        "--json /no/such/folder/f.json",
        "--stuck-share 100 --scenario stuck",
        "--processes 2",
        "--speak latin",
        "--speak ack",
        "--speak ws",
        "--wire latin",
        "--wire ack --speak redis",
        "--wire sse --speak redis",
        "--web-port 0 --wire ws",
        "--web-port 8234",
        "--web-port 8234 --wire ack",
        "--speak redis --scenario publish",
        "--window 0 --scenario publish",
        "--senders 1001 --scenario publish",
        "--seconds 3600 --warmup 3600",
        "--full --sample 3",
        "--connections 3 --scenario idle",
      })
  void shouldNameWhatMakesNoSense(String words) {
    assertRefused(words, words.substring(0, words.indexOf(' ')));
  }

  @ParameterizedTest
  @CsvSource({
    "idle, --processes 2",
    "idle, --full",
    "idle, --sample 5",
    "idle, --rate 10",
    "idle, --seconds 5",
    "idle, --plot f.svg",
    "storm, --processes 2",
    "storm, --full",
    "storm, --rate 10",
    "storm, --seconds 5",
    "storm, --stuck 5",
    "pingpong, --processes 2",
    "pingpong, --full",
    "pingpong, --sample 2",
    "pingpong, --rate 10",
    "pingpong, --stuck 5",
    "stuck, --stuck 5",
    "steady, --rounds 3",
    "flood, --hold 3",
    "chatter, --p99-limit 3",
    "steady, --window 3",
    "publish, --lines 3",
    "resume, --rate 3",
    "publish, --connections 3",
    "publish, --sample 10",
    "publish, --wire ack",
    "publish, --web-port 8234",
    "publish, --stuck 5",
  })
  void shouldRefuseAnOptionThatChangesNothing(String scenario, String option) {
    assertRefused(
        "--scenario " + scenario + " " + option,
        option.substring(0, (option + " ").indexOf(' ')) + " changes nothing",
        scenario);
  }

  @ParameterizedTest
  @CsvSource({"storm, ws", "storm, sse", "storm, ack", "pingpong, ws", "pingpong, sse"})
  void shouldRefuseAWireThatAScenarioDoesNotSpeak(String scenario, String wire) {
    assertRefused("--scenario " + scenario + " --wire " + wire, scenario + " takes", "lines");
  }

  /** There is nobody at that port: it must not come to that. */
  private static void assertRefused(String words, String... said) {
    InThisProcess.End end = InThisProcess.run(("bench 127.0.0.1:1 " + words).split(" ", -1));
    assertThat(end.code()).as(end.output()).isEqualTo(ExitCode.USAGE.code());
    assertThat(end.output()).contains(said);
  }
}
