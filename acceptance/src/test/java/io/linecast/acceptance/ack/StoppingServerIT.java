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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What acknowledged clients are told when the server stops. */
@BlackBox
class StoppingServerIT {

  @Test
  void shouldSendEverythingAcceptedAndThenSayWhy() {
    int count = 300;
    try (ServerUnderTest server = ServerUnderTest.start("--drain", "60s");
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
      assertThat(server.program().exitCode(Duration.ofSeconds(20))).isZero();
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
      assertThat(server.program().exitCode(Duration.ofSeconds(20))).isZero();
    }
  }

  @Test
  void shouldGiveItsClientsTheWholeDrainToReadTheirAnswers() {
    int count = 40_000;
    try (ServerUnderTest server = ServerUnderTest.start("--drain", "60s", "--max-answers", "1m");
        Clients clients = new Clients(server)) {
      AckClient late = clients.joinWithSmallBuffer("listen=no");
      late.sendRaw(AckClient.sends(1, count, ""));
      await().until(() -> clients.join("listen=no").answer().next() == count + 1);
      server.program().signal("TERM");
      await().pollDelay(Duration.ofSeconds(7)).until(() -> true);
      List<Event> answers = late.untilEnd();
      assertThat(answers).hasSize(count + 1).last().isEqualTo(new Bye("shutting-down"));
      assertThat(answers.get(count - 1)).isEqualTo(new Sent(count, count, 0));
      assertThat(server.program().exitCode(Duration.ofSeconds(20))).isZero();
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
      alice.expectBye("shutting-down");
      assertThat(server.program().exitCode(Duration.ofSeconds(10))).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void shouldWaitNoMoreOnceAListenerHasGoneWithoutItsDone(boolean reset) {
    try (ServerUnderTest server = ServerUnderTest.start("--drain", "60s");
        Clients clients = new Clients(server)) {
      AckClient bob = clients.join("");
      AckClient alice = clients.join("listen=no ack=done");
      alice.send("SEND 1 one", "SEND 2 two");
      bob.next(2);
      server.program().signal("TERM");
      bob.expectBye("shutting-down");
      bob.send("DONE 1");
      assertThat(alice.next()).isEqualTo(new Sent(1, 1, 1));
      if (reset) {
        bob.reset();
      } else {
        bob.close();
      }
      alice.expectBye("shutting-down");
      assertThat(server.program().exitCode(Duration.ofSeconds(10))).isZero();
    }
  }

  @Test
  void shouldTakeADoneThatComesAfterItsBye() {
    try (ServerUnderTest server = ServerUnderTest.start("--drain", "60s");
        Clients clients = new Clients(server)) {
      AckClient bob = clients.join("");
      AckClient alice = clients.join("listen=no ack=done");
      alice.send("SEND 1 one", "SEND 2 two");
      bob.next(2);
      server.program().signal("TERM");
      bob.expectBye("shutting-down");
      bob.send("SEND 1 too late", "FOO", "PING", "DONE 99", "DONE 2");
      assertThat(alice.untilEnd())
          .containsExactly(new Sent(1, 1, 1), new Sent(2, 2, 1), new Bye("shutting-down"));
      assertThat(server.program().exitCode(Duration.ofSeconds(10))).isZero();
    }
  }

  @Test
  void shouldWaitForTheDonesOfTwoThatWaitForEachOther() {
    try (ServerUnderTest server = ServerUnderTest.start("--drain", "60s");
        Clients clients = new Clients(server)) {
      AckClient alice = clients.join("ack=done");
      AckClient bob = clients.join("ack=done");
      AckClient witness = clients.join("listen=no");
      alice.send("SEND 1 of alice");
      assertThat(bob.next()).isEqualTo(new Line(1, "of alice"));
      bob.send("SEND 1 of bob");
      assertThat(alice.next()).isEqualTo(new Line(2, "of bob"));
      server.program().signal("TERM");
      witness.expectBye("shutting-down");
      bob.send("DONE 1", "SEND 2 too late");
      assertThat(alice.untilEnd()).containsExactly(new Sent(1, 1, 1), new Bye("shutting-down"));
      alice.send("DONE 2");
      assertThat(bob.untilEnd()).containsExactly(new Sent(1, 2, 1), new Bye("shutting-down"));
      assertThat(server.program().exitCode(Duration.ofSeconds(10))).isZero();
    }
  }
}
