package io.linecast.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the command line says of itself, and of a mistake; more of these are in module cli. */
@BlackBox
class UsageIT {
  private static final int USAGE = 2;
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  @Test
  void shouldNameEveryOptionInItsHelp() {
    try (Program program = new ServerLauncher().with("--help").program()) {
      assertThat(program.exitCode(PATIENCE)).isZero();
      assertThat(program.stdoutText())
          .contains("--bind", "--port", "--port-file", "--lines", "--window", "--max-line")
          .contains("--too-long", "--history", "--slow", "--allow-end", "--print")
          .contains("--max-connections", "--idle-timeout", "--event-loops", "--transport")
          .contains("--drain", "--log-level", "--config")
          .contains("127.0.0.1", "1234", "64", "discard", "disconnect", "auto")
          .contains("seconds", "bytes");
    }
  }

  @Test
  void shouldNameTheOptionThatHasABadValue() {
    try (Program program = new ServerLauncher().with("--port", "65536").program()) {
      assertThat(program.exitCode(PATIENCE)).as("exit code").isEqualTo(USAGE);
      assertMessage(program, "--port");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "--bind, there.is.no.such.host.invalid",
    "--bind, not an address",
    "--config, /there/is/no/such/file",
  })
  void shouldNameWhatIsNotThere(String option, String value) {
    try (Program program = new ServerLauncher().with("--port", "0").with(option, value).program()) {
      assertThat(program.exitCode(PATIENCE)).as("exit code").isNotZero();
      assertMessage(program, value);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "LINECAST_PORT, many",
    "LINECAST_WINDOW, 12q",
    "LINECAST_SLOW, sometimes",
    "LINECAST_MAX_LINE, 0",
    "LINECAST_ALLOW_END, perhaps",
  })
  void shouldNameTheVariableThatHasABadValue(String variable, String value) {
    try (Program program = new ServerLauncher().environment(variable, value).program()) {
      assertThat(program.exitCode(PATIENCE)).as("exit code").isEqualTo(USAGE);
      assertMessage(program, variable);
    }
  }

  @Test
  void shouldTakeEverySizeDurationAndChoiceThatItDocuments() {
    try (ServerUnderTest server =
        ServerUnderTest.start(
            "--window=16m",
            "--max-line=65536",
            "--too-long=close",
            "--history=10",
            "--slow=stall",
            "--max-connections=50",
            "--idle-timeout=2m",
            "--event-loops=1",
            "--drain=500ms",
            "--log-level=debug",
            "--allow-end")) {
      LineClient.joined(server, 2).forEach(LineClient::close);
      assertThat(server.stop()).isZero();
    }
  }

  private static void assertMessage(Program program, String part) {
    assertThat(program.output()).contains(part).doesNotContain("Exception", "\tat ");
  }
}
