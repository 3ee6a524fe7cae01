package io.linecast.acceptance.ack;

import static org.assertj.core.api.Assertions.assertThat;

import io.linecast.acceptance.LineClient;
import io.linecast.acceptance.ack.Event.Bye;
import io.linecast.acceptance.ack.Event.Fail;
import io.linecast.acceptance.ack.Event.Line;
import io.linecast.acceptance.ack.Event.Pong;
import io.linecast.acceptance.ack.Event.Sent;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** At level {@code done} a {@code SENT} says that every acknowledged listener has said so. */
class AckDoneIT extends OnSharedServer {

  private static final Duration A_WHILE = Duration.ofMillis(80);

  private LineClient plain;
  private AckClient alice;
  private AckClient bob;
  private AckClient publisher;
  private long next;

  @BeforeEach
  void gather() {
    plain = joinPlain();
    alice = join("");
    bob = join("");
    publisher = join("listen=no ack=done");
    next = publisher.answer().next();
  }

  @Test
  void shouldWaitForEveryAcknowledgedListenerAndForNoPlainOne() {
    publisher.send("SEND 1 one");
    assertThat(plain.hear()).isEqualTo("one");
    assertThat(alice.next()).isEqualTo(new Line(next, "one"));
    assertThat(bob.next()).isEqualTo(new Line(next, "one"));
    publisher.expectSilence(A_WHILE);
    alice.send("DONE " + next);
    publisher.expectSilence(A_WHILE);
    bob.send("DONE " + next);
    assertSent(1);
  }

  @Test
  void shouldTakeADoneForAllLinesUpToIt() {
    publisher.send("SEND 1 a", "SEND 2 b", "SEND 3 c", "SEND 4 d", "SEND 5 e");
    alice.next(5);
    bob.next(5);
    alice.send("DONE " + (next + 2));
    bob.send("DONE " + (next + 4));
    assertSent(1, 2, 3);
    publisher.expectSilence(A_WHILE);
    alice.send("DONE " + (next + 4));
    assertSent(4, 5);
  }

  @Test
  void shouldTakeADoneForALaterLineOfAnothers() {
    AckClient carol = join("listen=no");
    publisher.send("SEND 1 a");
    alice.next();
    bob.next();
    long later = carol.publish(1, "a later line").seq();
    alice.send("DONE " + later);
    bob.send("DONE " + later);
    assertSent(1);
  }

  @Test
  void shouldTakeADoneThatSaysNothingNew() {
    publisher.send("SEND 1 a", "SEND 2 b");
    alice.next(2);
    bob.next(2);
    for (AckClient listener : List.of(alice, bob)) {
      listener.send("DONE " + (next + 1), "DONE " + next, "DONE 1", "DONE " + (next + 1), "PING");
      assertThat(listener.next()).isEqualTo(new Pong(""));
    }
    assertSent(1, 2);
  }

  @Test
  void shouldTakeADoneThatComesBeforeTheNextLine() {
    for (int n = 1; n <= 200; n++) {
      publisher.send("SEND " + n + " ping-pong");
      long seq = alice.nextLine().seq();
      alice.send("DONE " + seq);
      assertThat(bob.nextLine().seq()).isEqualTo(seq);
      bob.send("DONE " + seq);
      assertSent(n);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"QUIT", "half-close", "close", "reset", "bad-verb"})
  void shouldWaitNoMoreForAListenerThatLeaves(String way) {
    publisher.send("SEND 1 a");
    alice.next();
    bob.next();
    alice.send("DONE " + next);
    publisher.expectSilence(A_WHILE);
    leave(bob, way);
    assertSent(1);
  }

  @Test
  void shouldNotWaitForAListenerThatJoinedLater() {
    publisher.send("SEND 1 a");
    alice.next();
    bob.next();
    AckClient late = join("from=" + next);
    assertThat(late.next()).isEqualTo(new Line(next, "a"));
    alice.send("DONE " + next);
    bob.send("DONE " + next);
    assertSent(1);
  }

  @Test
  void shouldNeverHaveALineWaitForItsOwnSender() {
    alice.send("QUIT");
    bob.send("QUIT");
    alice.untilEnd();
    bob.untilEnd();
    AckClient carol = join("ack=done");
    long seq = carol.publish(1, "for plain ones alone").seq();
    AckClient dave = join("ack=done");
    carol.send("SEND 2 for dave");
    assertThat(dave.next()).isEqualTo(new Line(seq + 1, "for dave"));
    dave.send("SEND 1 for carol");
    assertThat(carol.next()).isEqualTo(new Line(seq + 2, "for carol"));
    dave.send("DONE " + (seq + 1));
    assertThat(carol.next().uncounted()).isEqualTo(new Sent(2, seq + 1, 0));
    dave.expectSilence(A_WHILE);
    carol.send("DONE " + (seq + 2));
    assertThat(dave.next().uncounted()).isEqualTo(new Sent(1, seq + 2, 0));
  }

  @Test
  void shouldAnswerOthersAtOnceMeanwhile() {
    publisher.send("SEND 1 a", "PING are you there");
    assertThat(publisher.next()).isEqualTo(new Pong("are you there"));
    assertThat(join("listen=no ack=stored").publish(1, "stored").seq()).isEqualTo(next + 1);
    assertThat(join("listen=no ack=accepted").publish(1, "accepted").seq()).isEqualTo(next + 2);
    assertThat(join("listen=no ack=written").publish(1, "written").seq()).isEqualTo(next + 3);
    publisher.expectSilence(A_WHILE);
  }

  @Test
  void shouldKeepARefusalBehindWhatIsUnanswered() {
    publisher.send("SEND 5 a", "SEND 4 lower", "SEND 6 b");
    assertThat(alice.next(2)).hasSize(2);
    publisher.expectSilence(A_WHILE);
    alice.send("DONE " + next);
    bob.send("DONE " + next);
    assertThat(publisher.next().uncounted()).isEqualTo(new Sent(5, next, 0));
    assertThat(publisher.next()).isEqualTo(new Fail(4, "bad-number"));
    publisher.expectSilence(A_WHILE);
    alice.send("DONE " + (next + 1));
    bob.send("DONE " + (next + 1));
    assertThat(publisher.next().uncounted()).isEqualTo(new Sent(6, next + 1, 0));
  }

  @Test
  void shouldAnswerWhatIsOutstandingBeforeItSaysBye() {
    publisher.send("SEND 1 a", "SEND 2 b", "QUIT");
    alice.next(2);
    bob.next(2);
    publisher.expectSilence(A_WHILE);
    alice.send("DONE " + (next + 1));
    bob.send("DONE " + (next + 1));
    assertThat(publisher.untilEnd().stream().map(Event::uncounted))
        .containsExactly(new Sent(1, next, 0), new Sent(2, next + 1, 0), new Bye("quit"));
  }

  private void assertSent(long... numbers) {
    for (long n : numbers) {
      assertThat(publisher.next().uncounted()).isEqualTo(new Sent(n, next + n - 1, 0));
    }
  }

  private static void leave(AckClient client, String way) {
    switch (way) {
      case "half-close" -> client.halfClose();
      case "close" -> client.close();
      case "reset" -> client.reset();
      case "bad-verb" -> client.send("GOODBYE");
      default -> client.send(way);
    }
  }
}
