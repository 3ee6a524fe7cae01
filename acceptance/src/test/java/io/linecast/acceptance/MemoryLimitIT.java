package io.linecast.acceptance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is held for clients has a bound, above which who holds the most goes first. */
@BlackBox
class MemoryLimitIT {
  private static final long MOST_BYTES = 16 << 20;
  private static final int LINE_BYTES = 1 << 20;

  @Test
  void shouldCloseWhoHoldsTheMostWithLinesThatAreNotFinished() {
    try (ServerUnderTest server = start();
        LineClient alice = server.connect();
        LineClient bob = server.connect()) {
      Fence.gather(alice, List.of(bob));
      alice.sendBytes("begun ".repeat(1_000).getBytes(ISO_8859_1));
      byte[] unfinished = "x".repeat(LINE_BYTES - 100).getBytes(ISO_8859_1);
      List<LineClient> hoarders = Stream.generate(server::connect).limit(40).toList();
      for (LineClient hoarder : hoarders) {
        hoarder.sendUntilClosed(unfinished, 1);
      }
      await("some are closed")
          .atMost(Duration.ofSeconds(20))
          .until(() -> Figures.of(server).limited("max-memory") >= 24);
      await("what is held")
          .atMost(Duration.ofSeconds(20))
          .until(() -> Figures.of(server).value("linecast_client_memory_bytes") <= MOST_BYTES);
      alice.send("and ended");
      assertThat(bob.hear()).endsWith("begun and ended");
      Figures figures = Figures.of(server);
      assertThat(figures.value("linecast_connections_closed_total{reason=\"memory\"}"))
          .as("closed because of memory")
          .isEqualTo(figures.limited("max-memory"))
          .isBetween(24L, 40L);
      assertThat(figures.value("linecast_client_memory_max_bytes")).isEqualTo(MOST_BYTES);
      assertThat(server.output()).contains("(--max-memory)");
      hoarders.forEach(LineClient::close);
    }
  }

  @Test
  void shouldCloseWhoHoldsTheMostWithoutReadingWhatItIsOwed() {
    try (ServerUnderTest server = start("--slow", "skip", "--window", "32m");
        LineClient alice = server.connect();
        LineClient bob = server.connect()) {
      List<LineClient> stuck = Stream.generate(server::connectWithSmallBuffer).limit(40).toList();
      Fence.gather(alice, List.of(bob));
      Fence.gather(server, stuck);
      String line = "y".repeat(LINE_BYTES - 100);
      for (int i = 0; i < 4; i++) {
        alice.send(line);
        assertThat(hearOther(bob)).hasSize(line.length());
      }
      await("some are closed")
          .atMost(Duration.ofSeconds(20))
          .until(() -> Figures.of(server).limited("max-memory") >= 20);
      for (int i = 0; i < 10; i++) {
        alice.send("line " + i);
        assertThat(hearOther(bob)).isEqualTo("line " + i);
      }
      stuck.forEach(LineClient::close);
    }
  }

  private static String hearOther(LineClient client) {
    String line = client.hear();
    while (line.startsWith(Fence.PREFIX)) {
      line = client.hear();
    }
    return line;
  }

  private static ServerUnderTest start(String... options) {
    return new ServerLauncher()
        .with("--max-memory", "16m", "--max-line", "1m", "--web-port", "0")
        .with(options)
        .start();
  }
}
