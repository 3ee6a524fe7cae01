package io.linecast.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the server stops. */
@BlackBox
class StopIT {
  private static final int LINES = 8_000;

  /** Enough for a server that has much to send; less than the drain time of 60 s of some. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @ParameterizedTest
  @ValueSource(strings = {"TERM", "INT"})
  void shouldStopInAnOrderlyWayOnASignal(String signal) throws IOException {
    Signals.assumeReaches(signal);
    try (ServerUnderTest server = ServerUnderTest.start()) {
      List<LineClient> clients = LineClient.joined(server, 3);
      clients.get(0).send("the last line");
      assertThat(clients.get(1).hear()).isEqualTo("the last line");
      server.program().signal(signal);
      clients.get(0).expectEnd();
      clients.get(1).expectEnd();
      assertThat(clients.get(2).hearToTheEnd()).containsExactly("the last line");
      assertThat(server.program().exitCode(PATIENCE)).isZero();
      assertThat(Balance.in(server.output()).balances()).isTrue();
    }
  }

  @Test
  void shouldBringEverythingAcceptedToEveryoneBeforeItEnds() {
    try (ServerUnderTest server = ServerUnderTest.start("--drain", "60s");
        LineClient late = server.connectWithSmallBuffer();
        Crowd crowd = Crowd.joined(server, 2)) {
      Fence.gather(server, late);
      acceptAll(crowd);
      server.program().signal("TERM");
      awaitClosedPort(server);
      assertThat(late.hearToTheEnd()).hasSize(LINES);
      assertThat(server.program().exitCode(PATIENCE)).isZero();
      Balance balance = Balance.in(server.output());
      assertThat(balance.delivered()).as("%s", balance).isEqualTo(balance.eligible());
    }
  }

  @Test
  void shouldWaitNoLongerThanItsDrainTimeForAClientThatDoesNotRead() {
    try (ServerUnderTest server = ServerUnderTest.start("--drain", "1s");
        LineClient stuck = server.connectWithSmallBuffer();
        Crowd crowd = Crowd.joined(server, 2)) {
      Fence.gather(server, stuck);
      acceptAll(crowd);
      long begin = System.nanoTime();
      server.program().signal("TERM");
      assertThat(server.program().exitCode(PATIENCE)).isZero();
      Duration took = Duration.ofNanos(System.nanoTime() - begin);
      assertThat(took)
          .as("less than the usual 10 s")
          .isBetween(Duration.ofMillis(900), Duration.ofSeconds(8));
      Balance balance = Balance.in(server.output());
      assertThat(balance.balances()).as("%s", balance).isTrue();
      assertThat(balance.pending()).as("lines that could not be brought").isPositive();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TERM", "INT"})
  void shouldStopAtOnceOnASecondSignal(String signal) throws IOException {
    Signals.assumeReaches(signal);
    try (ServerUnderTest server = ServerUnderTest.start("--drain", "60s");
        LineClient stuck = server.connectWithSmallBuffer();
        Crowd crowd = Crowd.joined(server, 2)) {
      Fence.gather(server, stuck);
      acceptAll(crowd);
      server.program().signal(signal);
      awaitClosedPort(server);
      assertThat(server.program().isRunning()).as("still draining").isTrue();
      server.program().signal(signal);
      assertThat(server.program().exitCode(PATIENCE)).isIn(130, 143);
    }
  }

  @Test
  void shouldNotWaitWhereThereIsNothingToDrain() {
    try (ServerUnderTest server = ServerUnderTest.start("--drain", "60s");
        Crowd crowd = Crowd.joined(server, 100)) {
      server.program().signal("TERM");
      assertThat(server.program().exitCode(PATIENCE)).isZero();
      assertThat(crowd.faults()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"END", "  END", "END \t ", "\tEND "})
  void shouldRelayTheStoppingWordAndStopWhereThatIsAllowed(String word) {
    try (ServerUnderTest server = ServerUnderTest.start("--allow-end")) {
      List<LineClient> clients = LineClient.joined(server, 3);
      clients.get(0).send("ENDING", "end", "THE END", "", word);
      for (LineClient listener : clients.subList(1, 3)) {
        assertThat(listener.hearToTheEnd()).containsExactly("ENDING", "end", "THE END", "", word);
      }
      clients.get(0).expectEnd();
      assertThat(server.program().exitCode(PATIENCE)).isZero();
      assertThat(Balance.in(server.output()).balances()).isTrue();
    }
  }

  @Test
  void shouldTakeTheStoppingWordForALineLikeAnyOtherUnlessToldOtherwise() {
    try (ServerUnderTest server = ServerUnderTest.usual()) {
      List<LineClient> clients = LineClient.joined(server, 2);
      clients.get(0).send("END", "and on");
      assertThat(clients.get(1).hear(2)).containsExactly("END", "and on");
      clients.get(1).send("here too");
      assertThat(clients.get(0).hear()).isEqualTo("here too");
      clients.forEach(LineClient::close);
    }
  }

  /** Sends lines that all but a client that does not read have heard. */
  private static void acceptAll(Crowd crowd) {
    new Load(crowd.members().subList(0, 1), LINES, 1_000).sendInStep(crowd, 1_000);
  }

  private static void awaitClosedPort(ServerUnderTest server) {
    await("the port to be closed")
        .untilAsserted(
            () -> assertThatThrownBy(server::connect).isInstanceOf(UncheckedIOException.class));
  }
}
