package io.linecast.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How many connections there may be, and how long they may be silent. */
@BlackBox
class ConnectionLimitsIT {
  private static final String ESTABLISHED = "01";
  private static final String KEEP_ALIVE_TIMER = "02:";

  @Test
  void shouldRefuseConnectionsOverTheLimitClearlyAndDisturbNobody() {
    try (ServerUnderTest server = ServerUnderTest.start("--max-connections", "2");
        LineClient alice = server.connect();
        LineClient bob = server.connect()) {
      Fence.gather(alice, List.of(bob));
      for (int i = 0; i < 5; i++) {
        try (LineClient third = server.connect()) {
          assertThat(third.hearUntilGone()).isEmpty();
          await("word of the refusal").until(() -> server.output().contains("connections"));
        }
      }
      alice.send("undisturbed");
      assertThat(bob.hear()).isEqualTo("undisturbed");
      bob.send("both ways");
      assertThat(alice.hear()).isEqualTo("both ways");
    }
  }

  @Test
  void shouldAcceptAgainOnceSomebodyHasLeft() {
    try (ServerUnderTest server = ServerUnderTest.start("--max-connections", "2");
        LineClient alice = server.connect();
        LineClient bob = server.connect()) {
      Fence.gather(alice, List.of(bob));
      bob.leave();
      try (LineClient carol = server.connect()) {
        Fence.gather(alice, List.of(carol));
        carol.send("here");
        assertThat(alice.hear()).isEqualTo("here");
      }
    }
  }

  @Test
  void shouldCloseAConnectionOnWhichNothingHasPassedForTheIdleTimeout() {
    try (ServerUnderTest server = ServerUnderTest.start("--idle-timeout", "4s");
        LineClient talker = server.connect();
        LineClient listener = server.connect()) {
      Fence.gather(talker, List.of(listener));
      long begin = System.nanoTime();
      AtomicLong lastWordNanos = new AtomicLong();
      await("more than a timeout of talk")
          .pollInterval(Duration.ofMillis(200))
          .until(
              () -> {
                lastWordNanos.set(System.nanoTime());
                talker.send("still here");
                assertThat(listener.hear()).isEqualTo("still here");
                return System.nanoTime() - begin > Duration.ofMillis(5_500).toNanos();
              });
      talker.expectEnd();
      listener.expectEnd();
      Duration took = Duration.ofNanos(System.nanoTime() - lastWordNanos.get());
      assertThat(took).isBetween(Duration.ofMillis(3_500), Duration.ofSeconds(30));
      assertThat(server.stop()).isZero();
      assertThat(server.output()).containsPattern("idle\\D*2|2\\D*idle");
    }
  }

  @Test
  void shouldHaveTheKernelLookAfterSilentConnections() throws IOException {
    try (ServerUnderTest server = ServerUnderTest.start();
        LineClient silent = server.connect()) {
      Fence.gather(server, silent);
      String local = ":%04X".formatted(server.port());
      Stream<String> sockets = Files.readAllLines(Path.of("/proc/net/tcp")).stream();
      assertThat(sockets.map(line -> line.strip().split("\\s+", -1)))
          .as("sockets of the kernel's table")
          .anySatisfy(
              fields -> {
                assertThat(fields[1]).as("its own address").endsWith(local);
                assertThat(fields[3]).as("state").isEqualTo(ESTABLISHED);
                assertThat(fields[5]).as("timer").startsWith(KEEP_ALIVE_TIMER);
              });
    }
  }
}
