package io.linecast.acceptance.ack;

import static org.assertj.core.api.Assertions.assertThat;

import io.linecast.acceptance.BlackBox;
import io.linecast.acceptance.ServerUnderTest;
import io.linecast.acceptance.ack.Event.Fail;
import io.linecast.acceptance.ack.Event.Line;
import io.linecast.acceptance.ack.Event.Pong;
import io.linecast.acceptance.ack.Event.Sent;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of {@code SEND}s that come faster than allowed. */
@BlackBox
class SendRateIT {

  @Test
  void shouldReadSendsMoreSlowlyAndAnswerEach() {
    try (ServerUnderTest server = ServerUnderTest.start("--max-lines-rate", "100");
        HealthyPair others = new HealthyPair(server);
        Clients clients = new Clients(server)) {
      AckClient alice = clients.join("listen=no");
      long begin = System.nanoTime();
      alice.sendRaw(AckClient.sends(1, 300, " x") + "PING behind\n");
      others.assertUnharmed();
      for (int n = 1; n <= 300; n++) {
        assertThat(((Sent) alice.next()).n()).isEqualTo(n);
      }
      assertThat(alice.next()).isEqualTo(new Pong("behind"));
      assertThat(Duration.ofNanos(System.nanoTime() - begin))
          .as("time for 300 at 100 a second, 100 of them at once")
          .isBetween(Duration.ofMillis(1_500), Duration.ofSeconds(30));
    }
  }

  @Test
  void shouldFailSendsThatComeTooFastWhereThatIsAskedFor() {
    try (ServerUnderTest server = ServerUnderTest.start("--max-lines-rate", "100");
        Clients clients = new Clients(server)) {
      AckClient alice = clients.join("listen=no over-rate=fail");
      AckClient bob = clients.join("");
      alice.sendRaw(AckClient.sends(1, 5_000, " x"));
      List<Event> answers = alice.next(5_000);
      long sent = answers.stream().filter(Sent.class::isInstance).count();
      assertThat(sent).as("accepted").isBetween(100L, 1_000L);
      assertThat(answers.stream().filter(event -> !(event instanceof Sent)))
          .allMatch(event -> event instanceof Fail fail && fail.code().equals("rate"));
      List<Event> heard = bob.next((int) sent);
      assertThat(((Line) heard.getLast()).seq()).isEqualTo(sent);
      alice.send("QUIT");
      assertThat(alice.untilEnd()).hasSize(1);
    }
  }

  @Test
  void shouldNotHoldUpWhatIsNoSend() {
    try (ServerUnderTest server = ServerUnderTest.start("--max-lines-rate", "10");
        Clients clients = new Clients(server)) {
      AckClient alice = clients.join("listen=no");
      for (int n = 1; n <= 500; n++) {
        alice.send("PING " + n);
        assertThat(alice.next()).isEqualTo(new Pong(String.valueOf(n)));
      }
    }
  }

  @Test
  void shouldRefuseAnotherWordForIt() {
    try (ServerUnderTest server = ServerUnderTest.start();
        Clients clients = new Clients(server)) {
      assertThat(clients.connect().hello("over-rate=drop").isOk()).isFalse();
      assertThat(clients.connect().hello("over-rate=wait").isOk()).isTrue();
    }
  }
}
