package io.linecast.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.linecast.broker.FreePorts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The servers that linecast is compared with do what they are compared for: no line is lost. */
@BlackBox
class BaselinesIT {
  private static final Path ROOT = ServerLauncher.launcher().toAbsolutePath().getParent();
  private static final Path SERVERS = ROOT.resolve("bench/servers");
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int LIMIT_LINES_MAX = 150;

  @ParameterizedTest
  @ValueSource(strings = {"", "--virtual"})
  void shouldRelayWithAThreadPerClient(String option) {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    Path source = SERVERS.resolve("ThreadPerClient.java");
    int port = FreePorts.next();
    assertRelays(port, List.of(java.toString(), source.toString(), "" + port, option));
  }

  @Test
  void shouldRelayWithATaskPerClient() {
    int port = FreePorts.next();
    Path source = SERVERS.resolve("asyncio_server.py");
    assertRelays(port, List.of("python3", source.toString(), "" + port));
  }

  @ParameterizedTest
  @ValueSource(strings = {"sendfile", "writev"})
  void shouldRelayAtTheLimit(String variant, @TempDir Path folder) {
    Path program = folder.resolve("limit");
    List<String> compiler =
        List.of("gcc", "-O2", "-o", program.toString(), SERVERS.resolve("limit.c").toString());
    try (Program compile = Program.start(compiler, Map.of())) {
      assertThat(compile.exitCode(PATIENCE)).as(compile.output()).isZero();
    }
    int port = FreePorts.next();
    assertRelays(port, List.of(program.toString(), "" + port, variant));
  }

  @Test
  void shouldKeepTheLimitShort() throws IOException {
    assertThat(Files.readAllLines(SERVERS.resolve("limit.c")))
        .hasSizeLessThanOrEqualTo(LIMIT_LINES_MAX);
  }

  private static void assertRelays(int port, List<String> command) {
    assumeTrue(Files.isDirectory(SERVERS), "the program under test comes without bench/");
    List<String> words = command.stream().filter(word -> !word.isEmpty()).toList();
    try (Program server = Program.start(words, Map.of())) {
      await().atMost(PATIENCE).until(() -> listens(port));
      assertThat(server.isRunning()).as(server.output()).isTrue();
      for (String senders : List.of("1", "20")) {
        List<String> load =
            List.of(
                ServerLauncher.launcher().toString(),
                "bench",
                "127.0.0.1:" + port,
                "--connections",
                "20",
                "--senders",
                senders,
                "--rate",
                "200",
                "--seconds",
                "1",
                "--warmup",
                "0",
                "--full");
        try (Program bench = Program.start(load, Map.of())) {
          assertThat(bench.exitCode(PATIENCE)).as(bench.output()).isZero();
        }
      }
    }
  }

  private static boolean listens(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException notYet) {
      return false;
    }
  }
}
