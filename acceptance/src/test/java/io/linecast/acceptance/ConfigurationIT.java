package io.linecast.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where an option's value comes from. */
@BlackBox
class ConfigurationIT {
  private static final List<String> SENT = List.of("1", "2", "3", "4", "5");

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void place() {
    file = folder.resolve("linecast.properties");
  }

  @Test
  void shouldTakeOptionsFromAFile() throws IOException {
    write("history=1", "# a remark", "max-line = 20");
    try (ServerUnderTest server = launcher().start()) {
      assertThat(historyLines(server)).isEqualTo(1);
      List<LineClient> clients = List.of(server.connect(), server.connect());
      Fence.gather(server, clients);
      clients.get(0).send("more than twenty bytes are too many", "short");
      assertThat(clients.get(1).hear()).isEqualTo("short");
      clients.forEach(LineClient::close);
    }
  }

  @Test
  void shouldTakeOptionsFromTheEnvironment() {
    try (ServerUnderTest server =
        new ServerLauncher()
            .environment("LINECAST_PORT", "0")
            .environment("LINECAST_HISTORY", "2")
            .environment("LINECAST_ALLOW_END", "true")
            .start()) {
      assertThat(historyLines(server)).isEqualTo(2);
      try (LineClient client = server.connect()) {
        client.send("END");
        assertThat(server.program().exitCode(Duration.ofSeconds(20))).isZero();
      }
    }
  }

  @Test
  void shouldPreferTheEnvironmentToTheFile() throws IOException {
    write("history=1");
    ServerLauncher launcher = launcher().environment("LINECAST_HISTORY", "2");
    try (ServerUnderTest server = launcher.start()) {
      assertThat(historyLines(server)).isEqualTo(2);
    }
  }

  @Test
  void shouldPreferTheCommandLineToAll() throws IOException {
    write("history=1");
    ServerLauncher launcher =
        launcher().environment("LINECAST_HISTORY", "2").with("--history", "3");
    try (ServerUnderTest server = launcher.start()) {
      assertThat(historyLines(server)).isEqualTo(3);
    }
  }

  @Test
  void shouldNameTheFileAndTheKeyThatItDoesNotKnow() throws IOException {
    write("history=1", "windwo=8m");
    try (Program program = launcher().with("--port", "0").program()) {
      assertThat(program.exitCode(Duration.ofSeconds(15))).isEqualTo(2);
      assertThat(program.output())
          .contains(file.toString(), "windwo")
          .doesNotContain("Exception", "\tat ");
    }
  }

  @ParameterizedTest
  @CsvSource({"window, 12q", "max-line, 0", "slow, sometimes", "port, 65536"})
  void shouldNameTheFileAndTheKeyOfABadValue(String key, String value) throws IOException {
    write(key + "=" + value);
    try (Program program = launcher().program()) {
      assertThat(program.exitCode(Duration.ofSeconds(15))).isEqualTo(2);
      assertThat(program.output())
          .contains(file.toString(), key, value)
          .doesNotContain("Exception", "\tat ");
    }
  }

  @Test
  void shouldNotTakeItsOwnOtherVariablesForOptions() {
    try (ServerUnderTest server =
        new ServerLauncher()
            .environment("LINECAST_DATA", folder.toString())
            .environment("LINECAST_JAVA_OPTS", "-Xmx256m")
            .start()) {
      assertThat(server.stop()).isZero();
    }
  }

  private ServerLauncher launcher() {
    return new ServerLauncher().with("--config", file.toString());
  }

  private void write(String... lines) throws IOException {
    Files.write(file, List.of(lines));
  }

  /** How many of five lines a client hears that comes after them. */
  private static int historyLines(ServerUnderTest server) {
    try (LineClient sender = server.connect()) {
      sender.send(SENT.toArray(String[]::new));
      sender.leave();
    }
    try (LineClient late = server.connect()) {
      assertThat(late.hear()).as("the first of what was kept").isIn(SENT);
      try (LineClient prober = server.connect()) {
        Fence.gather(prober, List.of(late));
      }
      return 1 + late.strays().size();
    }
  }
}
