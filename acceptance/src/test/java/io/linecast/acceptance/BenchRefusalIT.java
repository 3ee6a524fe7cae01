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
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What {@code linecast bench} does not do, what it says of it, and that nothing is left of it. The
 * words that it does not take are tried in module cli.
 */
@BlackBox
class BenchRefusalIT {
  private static final int NOBODY = 1; // a port

  @BeforeAll
  static void onlyWhereItHasItsSystemCalls() {
    Bench.assumeItsSystemCalls();
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
}
