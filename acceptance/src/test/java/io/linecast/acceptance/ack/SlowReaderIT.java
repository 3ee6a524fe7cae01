package io.linecast.acceptance.ack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.linecast.acceptance.BlackBox;
import io.linecast.acceptance.ServerUnderTest;
import io.linecast.acceptance.Transport;
import io.linecast.acceptance.ack.Event.Bye;
import io.linecast.acceptance.ack.Event.Ping;
import io.linecast.acceptance.ack.Event.Pong;
import io.linecast.acceptance.ack.Event.Sent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that read slowly, and one that does not read at all. */
@BlackBox
@ParameterizedClass
@MethodSource("io.linecast.acceptance.Transport#underTest")
record SlowReaderIT(Transport transport) {
  private static final Duration HEARTBEAT = Duration.ofMillis(1_200);
  private static final int LINES = 400;
  private static final String FILLING = "x".repeat(10_000);

  /** Forty of them are longer than the server's patience with who is silent. */
  private static final Duration SHORT_PAUSE = HEARTBEAT.dividedBy(10);

  /** Much less than the server's patience with who reads nothing; three of them are more. */
  private static final Duration LONG_PAUSE = Duration.ofSeconds(2);

  @Test
  void shouldTakeReadingForAnAnswer() {
    try (ServerUnderTest server = start();
        Clients clients = new Clients(server)) {
      publishFillings(clients.join("listen=no"));
      AckClient slow = clients.joinWithSmallBuffer("from=oldest");
      for (int n = 1; n <= LINES; n++) {
        assertThat(slow.nextLineEvenPing().seq()).isEqualTo(n);
        if (n % 10 == 0) {
          await().pollDelay(SHORT_PAUSE).until(() -> true);
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
      await().pollDelay(SHORT_PAUSE).until(() -> true);
      careful.send("PING nothing yet");
      assertThat(careful.next()).isEqualTo(new Pong("nothing yet"));
      stuck.halfClose();
      assertThat(careful.next()).isEqualTo(new Sent(1, LINES + 1, 1));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void shouldSendAllAnswersToAClientThatHasQuitAndReadsNowAndThen(boolean halfClose) {
    int count = 40_000;
    try (ServerUnderTest server =
            ServerUnderTest.start("--transport", transport.option(), "--max-answers", "1m");
        Clients clients = new Clients(server)) {
      AckClient slow = clients.joinWithSmallBuffer("listen=no");
      slow.sendRaw(AckClient.sends(1, count, ""));
      if (halfClose) {
        slow.halfClose();
      } else {
        slow.send("QUIT");
      }
      List<Event> answers = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        await().pollDelay(LONG_PAUSE).until(() -> true);
        answers.addAll(slow.next(count / 4));
      }
      await().pollDelay(LONG_PAUSE).until(() -> true);
      answers.addAll(slow.untilEnd());
      assertThat(answers).hasSize(count + 1).last().isEqualTo(new Bye("quit"));
      assertThat(answers.get(count - 1)).isEqualTo(new Sent(count, count, 0));
    }
  }

  private ServerUnderTest start() {
    return ServerUnderTest.start(
        "--transport", transport.option(), "--heartbeat", HEARTBEAT.toMillis() + "ms");
  }

  private static void publishFillings(AckClient publisher) {
    for (int n = 1; n <= LINES; n++) {
      publisher.publish(n, FILLING);
    }
  }
}
