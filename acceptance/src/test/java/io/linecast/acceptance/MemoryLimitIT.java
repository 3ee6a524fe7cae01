package io.linecast.acceptance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is held for clients has a bound, above which who holds the most goes first. */
@BlackBox
class MemoryLimitIT {
  private static final long MOST_BYTES = 16 << 20;
  private static final int LINE_BYTES = 1 << 20;

  @Test
  void shouldCloseWhoHoldsTheMostWithLinesThatAreNotFinished() {
    try (ServerUnderTest server = start("--max-memory", "16m", "--max-line", "1m");
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

  /** Also where everybody else would wait for them. */
  @ParameterizedTest
  @ValueSource(strings = {"skip", "stall"})
  void shouldCloseWhoHoldsTheMostWithoutReadingWhatItIsOwed(String slow) {
    try (ServerUnderTest server = start("--max-memory", "2m", "--slow", slow);
        LineClient alice = server.connect();
        LineClient bob = server.connect()) {
      List<LineClient> stuck = Stream.generate(server::connectWithSmallBuffer).limit(200).toList();
      Fence.gather(alice, List.of(bob));
      Fence.gather(server, stuck);
      int floods = 0;
      while (Figures.of(server).limited("max-memory") < 20) {
        assertThat(floods).as("large lines sent").isLessThan(100);
        flood(server);
        alice.send("behind flood " + floods);
        bob.hearThrough("behind flood " + floods++);
      }
      for (int i = 0; i < 10; i++) {
        alice.send("line " + i);
        assertThat(bob.hear()).isEqualTo("line " + i);
      }
      stuck.forEach(LineClient::close);
    }
  }

  /** One large line, by somebody who may hold the most while it comes, and be closed for it. */
  private static void flood(ServerUnderTest server) {
    try (LineClient flooder = server.connect()) {
      flooder.sendBytes(("y".repeat(60_000) + "\n").getBytes(ISO_8859_1));
      flooder.halfClose();
      flooder.hearUntilGone();
    } catch (UncheckedIOException closed) {
      assertThat(closed).hasCauseInstanceOf(IOException.class);
    }
  }

  private static ServerUnderTest start(String... options) {
    return new ServerLauncher().with(options).with("--web-port", "0").start();
  }
}
