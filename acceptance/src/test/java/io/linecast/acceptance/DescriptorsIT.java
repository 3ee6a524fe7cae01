package io.linecast.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** A process that has run out of file descriptors. */
@BlackBox
@ParameterizedClass
@MethodSource("io.linecast.acceptance.Transport#underTest")
record DescriptorsIT(Transport transport) {
  private static final int LIMIT = 120;
  private static final Duration WATCHED = Duration.ofSeconds(2);
  private static final double SHARE_MOST = 0.3;

  @Test
  void shouldGoOnServingSaySoOnceAndAcceptAgainWhenItCan() {
    List<LineClient> waiting = new ArrayList<>();
    try (ServerUnderTest server = start();
        Crowd served = Crowd.joined(server, 10)) {
      fill(server, waiting);
      await("word of it").until(() -> wordsOf(server) > 0);

      double used = processorShareWhileIdle(server);
      if (used > SHARE_MOST) {
        used = processorShareWhileIdle(server); // what was left to compile is compiled by now
      }
      assertThat(used).as("share of a processor").isLessThan(SHARE_MOST);

      Load load = new Load(served.members().subList(0, 2), 8_000, 1_000);
      load.sendInStep(served, 1_000);
      assertThat(wordsOf(server)).as("lines about file descriptors").isEqualTo(1);

      LineClient last = waiting.removeLast();
      waiting.forEach(LineClient::close);
      Fence.gather(server, last);
      assertThat(server.stop()).isZero();
      last.close();
    } finally {
      waiting.forEach(LineClient::close);
    }
  }

  private ServerUnderTest start() {
    return new ServerLauncher()
        .descriptors(LIMIT)
        .with("--transport", transport.option(), "--max-connections", "100000")
        .start();
  }

  /** Makes connections until the server has no descriptor left for one, and then some more. */
  private static void fill(ServerUnderTest server, List<LineClient> waiting) {
    for (int i = 0; i < LIMIT; i++) {
      waiting.add(server.connect());
    }
    ProcessFigures figures = new ProcessFigures(server.program());
    await("descriptors to be gone").until(() -> figures.openDescriptors() >= LIMIT - 8);
  }

  private static double processorShareWhileIdle(ServerUnderTest server) {
    ProcessFigures figures = new ProcessFigures(server.program());
    long begin = System.nanoTime();
    Duration before = figures.processorTime();
    await("time to pass").until(() -> System.nanoTime() - begin > WATCHED.toNanos());
    Duration used = figures.processorTime().minus(before);
    return (double) used.toNanos() / (System.nanoTime() - begin);
  }

  private static long wordsOf(ServerUnderTest server) {
    return server.output().lines().filter(line -> line.contains("file descriptors")).count();
  }
}
