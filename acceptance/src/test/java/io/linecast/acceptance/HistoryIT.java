package io.linecast.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What a client hears first. */
@BlackBox
@ParameterizedClass
@MethodSource("io.linecast.acceptance.Transport#underTest")
record HistoryIT(Transport transport) {

  @Test
  void shouldLetANewClientHearTheLastLinesFirst() {
    try (ServerUnderTest server = start("3");
        LineClient alice = server.connect();
        LineClient bob = server.connect()) {
      Fence.gather(alice, List.of(bob));
      alice.send("one", "two", "three", "four", "five");
      assertThat(bob.hear(5)).last().isEqualTo("five");
      try (LineClient late = server.connect()) {
        assertThat(late.hear(3)).containsExactly("three", "four", "five");
        alice.send("six");
        assertThat(late.hear()).isEqualTo("six");
      }
    }
  }

  @Test
  void shouldLetANewClientHearAllThereIsWhereThatIsLess() {
    try (ServerUnderTest server = start("1000");
        LineClient alice = server.connect()) {
      alice.send("one", "two");
      alice.leave();
      try (LineClient late = server.connect();
          LineClient later = server.connect()) {
        assertThat(late.hear(2)).containsExactly("one", "two");
        assertThat(later.hear(2)).containsExactly("one", "two");
        late.send("three");
        assertThat(later.hear()).isEqualTo("three");
      }
    }
  }

  @Test
  void shouldPassFromHistoryToWhatIsNewWithoutAGapOrARepetition() {
    try (ServerUnderTest server = start("1000000");
        Crowd crowd = Crowd.joined(server, 4);
        ExecutorService background = Executors.newVirtualThreadPerTaskExecutor()) {
      Load load = new Load(crowd.members().subList(0, 2), 2_000, 300);
      Future<?> sending =
          background.submit(
              () -> load.sendEvenly(2_000, sent -> sent < 190 * crowd.members().size()));
      while (!sending.isDone()) {
        for (int i = 0; i < 5; i++) {
          crowd.join();
        }
        Fence.gather(server, crowd.members());
      }
      crowd.awaitLines(load::eligible, Duration.ofSeconds(20));
      assertThat(crowd.members()).hasSizeGreaterThan(20);
    }
  }

  private ServerUnderTest start(String history) {
    return ServerUnderTest.start("--transport", transport.option(), "--history", history);
  }
}
