package io.linecast.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The load generator, {@code linecast bench}, as a user starts it. */
@BlackBox
class BenchIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int USAGE = 2;
  private static final int LOST = 7;
  private static final int NOT_RUN = 8;

  @BeforeAll
  static void onlyWhereItHasItsSystemCalls() {
    assumeTrue(Files.isDirectory(Path.of("/proc/net")), "linecast bench needs Linux");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--connections 50 --full",
        "--connections 40 --senders 40 --rate 400 --full",
        "--connections 40 --senders 4 --processes 2 --sender-thread --full",
        "--connections 40 --stuck 5 --line-bytes 300",
      })
  void shouldAccountForEveryDelivery(String words) {
    try (ServerUnderTest server = ServerUnderTest.start();
        Program bench = bench(server.port(), words + " --seconds 1 --warmup 0 --json -")) {
      assertThat(bench.exitCode(PATIENCE)).isZero();
      assertThat(bench.stdoutText())
          .contains("\"clean\": true", "\"deliveries_lost\": 0", "\"verified_missing\": 0")
          .doesNotContain("\"deliveries_received\": 0,");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--scenario pingpong --seconds 1 --warmup 0",
        "--scenario storm --connections 200 --rounds 2",
        "--scenario idle --connections 200 --hold 0",
        "--scenario stuck --connections 30 --seconds 1 --warmup 0",
        "--scenario flood --connections 20 --seconds 1 --warmup 0 --rate 9000000",
      })
  void shouldPlayItsScenarios(String words) {
    try (ServerUnderTest server = ServerUnderTest.start();
        Program bench = bench(server.port(), words)) {
      assertThat(bench.exitCode(PATIENCE)).as(bench.output()).isZero();
      assertThat(bench.stdoutText()).isNotBlank();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "drop, \"verified_missing\": 0",
    "double, \"verified_duplicated\": 0",
    "tear, \"verified_torn\": 0",
    "echo, \"verified_own\": 0",
  })
  void shouldFindWhatAServerDoesWrong(String fault, String unlessFound) throws IOException {
    try (FaultyServer server = FaultyServer.start(fault);
        Program bench =
            bench(
                server.port(),
                "--connections 5 --rate 200 --full --seconds 1 --warmup 0 --json -")) {
      assertThat(bench.exitCode(PATIENCE)).isEqualTo(LOST);
      assertThat(bench.stdoutText()).contains("\"clean\": false").doesNotContain(unlessFound + ",");
    }
  }

  @Test
  void shouldDrawAndWriteItsReport(@TempDir Path folder) {
    String files = " --json " + folder.resolve("f.json") + " --plot " + folder.resolve("f.svg");
    try (ServerUnderTest server = ServerUnderTest.start();
        Program bench = bench(server.port(), "--connections 10 --seconds 1 --warmup 0" + files)) {
      assertThat(bench.exitCode(PATIENCE)).as(bench.output()).isZero();
      assertThat(bench.stdoutText()).contains("nothing was lost");
      assertThat(folder.resolve("f.json")).content().contains("\"latency_curve\"");
      assertThat(folder.resolve("f.svg")).content().contains("<svg");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--connections 1",
        "--rate 0",
        "--line-bytes 17",
        "--scenario none",
        "--plot f.gif",
        "--stuck-share 100",
        "--processes 2",
        "--speak latin",
      })
  void shouldNameWhatMakesNoSense(String words) {
    try (Program bench = bench(1, words)) {
      assertThat(bench.exitCode(PATIENCE)).isEqualTo(USAGE);
      assertThat(bench.output()).contains(words.substring(0, words.indexOf(' ')));
    }
  }

  @Test
  void shouldLeaveOtherMachinesAlone() {
    try (Program bench = Program.start(command(List.of("192.0.2.1:1234")), Map.of())) {
      assertThat(bench.exitCode(PATIENCE)).isEqualTo(USAGE);
      assertThat(bench.output()).contains("--allow-remote");
    }
  }

  @Test
  void shouldSayThatThereIsNoServer() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    try (Program bench = bench(port, "--connections 5")) {
      assertThat(bench.exitCode(PATIENCE)).isEqualTo(NOT_RUN);
      assertThat(bench.output()).contains("127.0.0.1:" + port).contains("refused");
    }
  }

  private static Program bench(int port, String words) {
    List<String> arguments = new ArrayList<>(List.of("127.0.0.1:" + port));
    arguments.addAll(List.of(words.split(" ", -1)));
    return Program.start(command(arguments), Map.of());
  }

  private static List<String> command(List<String> arguments) {
    List<String> command = new ArrayList<>(List.of(ServerLauncher.launcher().toString(), "bench"));
    command.addAll(arguments);
    return command;
  }
}
