package io.linecast.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Memory goes by the window, not by how many clients lag or how far. */
@BlackBox
class MemoryIT {
  private static final long GROWTH_MAX = 48L << 20;

  @Test
  void shouldNotGrowWithClientsThatNeverRead() {
    try (ServerUnderTest server = ServerUnderTest.start("--window", "8m", "--slow", "skip");
        Crowd others = Crowd.joined(server, 3)) {
      List<LineClient> stuck = Stream.generate(server::connectWithSmallBuffer).limit(20).toList();
      Fence.gather(server, stuck);
      Load warmUp = new Load(others.members().subList(0, 1), 40_000, 1_000);
      warmUp.sendInStep(others, 2_000);
      ProcessFigures figures = new ProcessFigures(server.program());
      long before = figures.residentBytes();
      Load load = new Load(others.members().subList(1, 2), 150_000, 1_000);
      sendMore(others, warmUp, load);
      assertThat(figures.residentBytes() - before).as("growth in bytes").isLessThan(GROWTH_MAX);
      stuck.forEach(LineClient::close);
    }
  }

  private static void sendMore(Crowd others, Load before, Load load) {
    load.sendInStep(others, 2_000, before::eligible);
    others.awaitLines(m -> before.eligible(m) + load.eligible(m), Duration.ofSeconds(20));
  }
}
