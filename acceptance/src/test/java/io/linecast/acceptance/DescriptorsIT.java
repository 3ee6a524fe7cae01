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

  @Test
  void shouldGoOnServingSaySoOnceAndAcceptAgainWhenItCan() {
    List<LineClient> waiting = new ArrayList<>();
    try (ServerUnderTest server = start();
        Crowd served = Crowd.joined(server, 10)) {
      fill(server, waiting);
      await("word of it").until(() -> wordsOf(server) > 0);

      Duration used = processorTimeWhileIdle(server);
      assertThat(used).as("processor time in %s", WATCHED).isLessThan(Duration.ofMillis(600));

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

  private static Duration processorTimeWhileIdle(ServerUnderTest server) {
    ProcessFigures figures = new ProcessFigures(server.program());
    Duration before = figures.processorTime();
    long end = System.nanoTime() + WATCHED.toNanos();
    await("time to pass").until(() -> System.nanoTime() > end);
    return figures.processorTime().minus(before);
  }

  private static long wordsOf(ServerUnderTest server) {
    return server.output().lines().filter(line -> line.contains("file descriptors")).count();
  }
}
