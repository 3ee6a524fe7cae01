package io.linecast.acceptance.ack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.linecast.acceptance.BlackBox;
import io.linecast.acceptance.ServerUnderTest;
import io.linecast.acceptance.ack.Event.Bye;
import io.linecast.acceptance.ack.Event.Line;
import io.linecast.acceptance.ack.Event.Sent;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What acknowledged clients are told when the server stops. */
@BlackBox
class StoppingServerIT {

  @Test
  void shouldSendEverythingAcceptedAndThenSayWhy() {
    int count = 300;
    try (ServerUnderTest server = ServerUnderTest.start("--drain", "20s");
        Clients clients = new Clients(server)) {
      AckClient late = clients.joinWithSmallBuffer("");
      AckClient alice = clients.join("listen=no");
      for (int n = 1; n <= count; n++) {
        alice.publish(n, "x".repeat(20_000));
      }
      server.program().signal("TERM");
      alice.expectBye("shutting-down");
      List<Event> heard = late.untilEnd();
      assertThat(heard).hasSize(count + 1).last().isEqualTo(new Bye("shutting-down"));
      for (int i = 0; i < count; i++) {
        assertThat(((Line) heard.get(i)).seq()).isEqualTo(i + 1);
      }
      assertThat(server.program().exitCode(Duration.ofSeconds(5))).isZero();
    }
  }

  @Test
  void shouldAnswerWhatWasAcceptedBeforeItStops() {
    try (ServerUnderTest server = ServerUnderTest.start();
        Clients clients = new Clients(server)) {
      AckClient bob = clients.join("");
      AckClient alice = clients.join("listen=no ack=written");
      StringBuilder sends = new StringBuilder();
      for (int n = 1; n <= 20_000; n++) {
        sends.append("SEND ").append(n).append(" line ").append(n).append('\n');
      }
      alice.sendRaw(sends.toString());
      bob.next();
      server.program().signal("TERM");
      List<Event> answers = alice.untilEnd();
      long sent = answers.stream().filter(Sent.class::isInstance).count();
      List<Event> heard = bob.untilEnd();
      assertThat(answers).last().isEqualTo(new Bye("shutting-down"));
      assertThat(heard).last().isEqualTo(new Bye("shutting-down"));
      assertThat(heard.size()).as("heard but the first line").isEqualTo(sent);
      for (int i = 0; i < sent; i++) {
        assertThat(answers.get(i).uncounted()).isEqualTo(new Sent(i + 1, i + 1, 0));
      }
      assertThat(server.program().exitCode(Duration.ofSeconds(5))).isZero();
    }
  }

  @Test
  void shouldGiveItsClientsTheWholeDrainToReadTheirAnswers() {
    int count = 40_000;
    try (ServerUnderTest server = ServerUnderTest.start("--drain", "30s", "--max-answers", "1m");
        Clients clients = new Clients(server)) {
      AckClient late = clients.joinWithSmallBuffer("listen=no");
      late.sendRaw(AckClient.sends(1, count, ""));
      await().until(() -> clients.join("listen=no").answer().next() == count + 1);
      server.program().signal("TERM");
      await().pollDelay(Duration.ofSeconds(7)).until(() -> true);
      List<Event> answers = late.untilEnd();
      assertThat(answers).hasSize(count + 1).last().isEqualTo(new Bye("shutting-down"));
      assertThat(answers.get(count - 1)).isEqualTo(new Sent(count, count, 0));
      assertThat(server.program().exitCode(Duration.ofSeconds(5))).isZero();
    }
  }

  @Test
  void shouldNotWaitForeverForADoneThatNobodySays() {
    try (ServerUnderTest server = ServerUnderTest.start("--drain", "1s");
        Clients clients = new Clients(server)) {
      AckClient bob = clients.join("");
      AckClient alice = clients.join("listen=no ack=done");
      alice.send("SEND 1 x");
      assertThat(bob.next()).isEqualTo(new Line(1, "x"));
      server.program().signal("TERM");
      bob.expectBye("shutting-down");
      bob.close();
      assertThat(alice.untilEnd()).last().isEqualTo(new Bye("shutting-down"));
      assertThat(server.program().exitCode(Duration.ofSeconds(10))).isZero();
    }
  }
}
