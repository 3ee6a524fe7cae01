package io.linecast.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code linecast bench} does not do, what it says of it, and that nothing is left of it. */
@BlackBox
class BenchRefusalIT {
  private static final int NOBODY = 1; // a port

  @BeforeAll
  static void onlyWhereItHasItsSystemCalls() {
    Bench.assumeItsSystemCalls();
  }

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

  @Test
  void shouldWriteNumbersTheSameWayEverywhere() {
    Map<String, String> german =
        Map.of("LINECAST_JAVA_OPTS", "-Duser.language=de -Duser.country=DE");
    try (Program bench = Bench.start("127.0.0.1:" + NOBODY, "--rate 0", german)) {
      assertThat(bench.exitCode(Bench.PATIENCE)).isEqualTo(Bench.USAGE);
      assertThat(bench.output()).contains("10,000,000");
    }
  }

  @Test
  void shouldLeaveOtherMachinesAlone() {
    try (Program bench = Bench.start("192.0.2.1:1234", "--no-progress", Map.of())) {
      assertThat(bench.exitCode(Bench.PATIENCE)).isEqualTo(Bench.USAGE);
      assertThat(bench.output()).contains("--allow-remote");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"steady", "seed", "flood", "idle", "storm", "stuck", "pingpong", "publish"})
  void shouldSayThatThereIsNoServer(String scenario) throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    try (Program bench = Bench.start(port, "--scenario " + scenario)) {
      assertThat(bench.exitCode(Bench.PATIENCE)).as(bench.output()).isEqualTo(Bench.NOT_RUN);
      assertThat(bench.output()).contains("127.0.0.1:" + port).contains("refused");
    }
  }

  @Test
  void shouldSayThatTheServerIsGoneInTheMiddleOfAFlood() {
    try (ServerUnderTest server = ServerUnderTest.start();
        LineClient listener = server.connect();
        Program bench =
            Bench.start(server.port(), "--scenario flood --connections 5 --seconds 2 --rate 100")) {
      listener.hear(50);
      server.program().signal("KILL");

      assertThat(bench.exitCode(Bench.PATIENCE)).as(bench.output()).isEqualTo(Bench.NOT_RUN);
      assertThat(bench.output()).contains("refused");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"KILL", "TERM"})
  void shouldLeaveNoProcessBehind(String signal) {
    try (ServerUnderTest server = ServerUnderTest.start();
        LineClient listener = server.connect();
        Program bench =
            Bench.start(
                server.port(),
                "--connections 10 --senders 2 --processes 2 --rate 100 --seconds 600")) {
      listener.hear(50); // more than the probes send, so the run has begun
      List<ProcessHandle> workers = ProcessHandle.of(bench.pid()).orElseThrow().children().toList();
      assertThat(workers).hasSize(2);

      bench.signal(signal);

      await("the end of the workers")
          .atMost(Duration.ofSeconds(10))
          .until(() -> workers.stream().noneMatch(ProcessHandle::isAlive));
    }
  }

  @Test
  void shouldLeaveNoFileBehindWhereItWasNotRun(@TempDir Path folder) {
    Path file = folder.resolve("f.json");
    try (Program bench = Bench.start(NOBODY, "--connections 5 --json " + file)) {
      assertThat(bench.exitCode(Bench.PATIENCE)).isEqualTo(Bench.NOT_RUN);
      assertThat(Files.exists(file)).isFalse();
    }
  }

  private static void assertRefused(String words, String... said) {
    try (Program bench = Bench.start(NOBODY, words)) {
      assertThat(bench.exitCode(Bench.PATIENCE)).as(bench.output()).isEqualTo(Bench.USAGE);
      assertThat(bench.output()).contains(said);
    }
  }
}
