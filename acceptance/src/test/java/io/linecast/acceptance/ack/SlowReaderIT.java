package io.linecast.acceptance.ack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.linecast.acceptance.BlackBox;
import io.linecast.acceptance.ServerUnderTest;
import io.linecast.acceptance.Transport;
import io.linecast.acceptance.ack.Event.Bye;
import io.linecast.acceptance.ack.Event.Ping;
import io.linecast.acceptance.ack.Event.Sent;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Clients that read slowly, and one that does not read at all. */
@BlackBox
@ParameterizedClass
@MethodSource("io.linecast.acceptance.Transport#underTest")
record SlowReaderIT(Transport transport) {
  private static final Duration HEARTBEAT = Duration.ofMillis(250);
  private static final int LINES = 400;
  private static final String FILLING = "x".repeat(10_000);

  @Test
  void shouldTakeReadingForAnAnswer() {
    try (ServerUnderTest server = start();
        Clients clients = new Clients(server)) {
      publishFillings(clients.join("listen=no"));
      AckClient slow = clients.joinWithSmallBuffer("from=oldest");
      for (int n = 1; n <= LINES; n++) {
        assertThat(slow.nextLineEvenPing().seq()).isEqualTo(n);
        if (n % 10 == 0) {
          await().pollDelay(HEARTBEAT.dividedBy(4)).until(() -> true);
        }
      }
      slow.send("QUIT");
      assertThat(slow.untilEnd()).last().isEqualTo(new Bye("quit"));
    }
  }

  @Test
  void shouldAskAClientThatHasReadEverythingAsUsual() {
    try (ServerUnderTest server = start();
        Clients clients = new Clients(server)) {
      publishFillings(clients.join("listen=no"));
      AckClient late = clients.joinWithSmallBuffer("from=oldest");
      for (int n = 1; n <= LINES; n++) {
        assertThat(late.nextLineEvenPing().seq()).isEqualTo(n);
      }
      assertThat(late.nextEvenPing()).isInstanceOf(Ping.class);
      assertThat(late.nextEvenPing()).isInstanceOf(Ping.class);
      late.expectBye("idle");
    }
  }

  @Test
  void shouldWaitNoMoreForAClientThatHasQuitAndReadsNothing() {
    try (ServerUnderTest server = start();
        Clients clients = new Clients(server)) {
      publishFillings(clients.join("listen=no"));
      AckClient stuck = clients.joinWithSmallBuffer("from=oldest");
      AckClient careful = clients.join("listen=no ack=written");
      careful.send("SEND 1 to " + stuck);
      careful.expectSilence(HEARTBEAT.dividedBy(2));
      stuck.halfClose();
      assertThat(careful.next()).isEqualTo(new Sent(1, LINES + 1, 1));
    }
  }

  private ServerUnderTest start() {
    return ServerUnderTest.start("--transport", transport.option(), "--heartbeat", "250ms");
  }

  private static void publishFillings(AckClient publisher) {
    for (int n = 1; n <= LINES; n++) {
      publisher.publish(n, FILLING);
    }
  }
}
