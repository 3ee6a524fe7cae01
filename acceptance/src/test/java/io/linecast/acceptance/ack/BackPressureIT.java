package io.linecast.acceptance.ack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.linecast.acceptance.BlackBox;
import io.linecast.acceptance.ServerUnderTest;
import io.linecast.acceptance.Unchanged;
import io.linecast.acceptance.ack.Event.Bye;
import io.linecast.acceptance.ack.Event.Line;
import io.linecast.acceptance.ack.Event.Pong;
import io.linecast.acceptance.ack.Event.Sent;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What a server holds for a client that publishes faster than it takes its answers. */
@BlackBox
class BackPressureIT {

  /** More than what answers and unread input fill in sockets, and in 16 KB of answers. */
  private static final int FLOOD = 1_200_000;

  @Test
  void shouldNotReadFromAClientThatDoesNotReadItsAnswers() {
    try (ServerUnderTest server = ServerUnderTest.start("--max-answers", "16k");
        Clients clients = new Clients(server)) {
      AckClient flooder = clients.joinWithSmallBuffer("listen=no");
      String sends = AckClient.sends(1, FLOOD, "");
      CompletableFuture<Void> flood = Background.run(() -> flooder.sendRaw(sends));
      AckClient alice = clients.join("listen=no");
      awaitStandstill(alice, 0);
      assertThat(flood).as("sending without reading").isNotDone();
      AckClient bob = clients.join("");
      for (int n = 1_000_001; n <= 1_000_020; n++) {
        long seq = alice.publish(n, "by a healthy one").seq();
        assertThat(bob.next()).isEqualTo(new Line(seq, "by a healthy one"));
      }
      bob.send("QUIT");
      for (int n = 1; n <= FLOOD; n++) {
        assertThat(((Sent) flooder.next()).n()).isEqualTo(n);
      }
      flood.join();
    }
  }

  @Test
  void shouldReadNoFurtherWhileTooManyLinesWaitToBeWritten() {
    try (ServerUnderTest server = ServerUnderTest.start("--max-unanswered", "1000");
        Clients clients = new Clients(server)) {
      AckClient stuck = clients.joinWithSmallBuffer("");
      AckClient alice = clients.join("listen=no");
      for (int n = 1; n <= 300; n++) {
        alice.publish(n, "x".repeat(40_000));
      }
      int count = 100_000;
      AckClient patient = clients.join("listen=no ack=written");
      String sends = AckClient.sends(1, count, "");
      CompletableFuture<Void> sending = Background.run(() -> patient.sendRaw(sends));
      AckClient prober = clients.join("listen=no");
      int standstill = awaitStandstill(prober, 300) - 300;
      assertThat(standstill).as("lines accepted").isBetween(1_000, 20_000);
      CompletableFuture<Void> reading =
          Background.run(
              () -> {
                for (long heard = 0; heard < 300 + count; ) {
                  heard = stuck.nextLine().seq();
                }
              });
      for (int n = 1; n <= count; n++) {
        assertThat(((Sent) patient.next()).n()).isEqualTo(n);
      }
      reading.join();
      sending.join();
    }
  }

  @Test
  void shouldSayByeWhereTooManyLinesWaitToBeDone() {
    try (ServerUnderTest server = ServerUnderTest.start("--max-unanswered", "100");
        HealthyPair others = new HealthyPair(server);
        Clients clients = new Clients(server)) {
      AckClient lazy = clients.join("");
      AckClient alice = clients.join("listen=no ack=done");
      alice.trySend(AckClient.sends(1, 5_000, "").stripTrailing());
      assertThat(alice.untilEnd()).containsExactly(new Bye("overload"));
      others.assertUnharmed();
      assertThat(lazy.next()).isInstanceOf(Line.class);
    }
  }

  @Test
  void shouldBearAsManyWaitingLinesAsItIsToldTo() {
    try (ServerUnderTest server = ServerUnderTest.start("--max-unanswered", "100");
        Clients clients = new Clients(server)) {
      AckClient bob = clients.join("");
      AckClient alice = clients.join("listen=no ack=done");
      for (int round = 0; round < 3; round++) {
        alice.sendRaw(AckClient.sends(100 * round + 1, 100 * round + 100, ""));
        List<Event> lines = bob.next(100);
        alice.expectSilence(Duration.ofMillis(50));
        bob.send("DONE " + ((Line) lines.getLast()).seq());
        assertThat(alice.next(100)).hasSize(100).hasOnlyElementsOfType(Sent.class);
      }
    }
  }

  @Test
  void shouldAnswerAsTheClientReadsWhereAllIsDoneAtOnce() {
    try (ServerUnderTest server =
            ServerUnderTest.start("--max-answers", "16k", "--max-unanswered", "100000");
        Clients clients = new Clients(server)) {
      AckClient bob = clients.join("");
      AckClient alice = clients.joinWithSmallBuffer("listen=no ack=done");
      int count = 60_000;
      alice.sendRaw(AckClient.sends(1, count, ""));
      bob.send("DONE " + ((Line) bob.next(count).getLast()).seq());
      bob.send("PING behind it");
      assertThat(bob.next()).isEqualTo(new Pong("behind it"));
      for (int n = 1; n <= count; n++) {
        assertThat(((Sent) alice.next()).n()).isEqualTo(n);
      }
      alice.send("SEND " + (count + 1), "QUIT");
      bob.send("DONE " + bob.nextLine().seq());
      assertThat(alice.untilEnd()).hasSize(2).first().isInstanceOf(Sent.class);
    }
  }

  /** Waits until lines were accepted and no more are but the prober's; how many there are. */
  private static int awaitStandstill(AckClient prober, int before) {
    int[] probes = {0};
    int[] lines = {0};
    Unchanged unchanged =
        new Unchanged(
            () -> {
              probes[0]++;
              lines[0] = (int) prober.publish(probes[0], "probe").seq() - probes[0];
              return lines[0];
            });
    await("that nothing moves")
        .pollInterval(Duration.ofMillis(100))
        .during(Duration.ofMillis(500))
        .atMost(Duration.ofSeconds(20))
        .until(() -> unchanged.call() && lines[0] > before);
    return lines[0];
  }
}
