package io.linecast.acceptance.ack;

import static org.assertj.core.api.Assertions.assertThat;

import io.linecast.acceptance.LineClient;
import io.linecast.acceptance.ack.Event.Bye;
import io.linecast.acceptance.ack.Event.Line;
import io.linecast.acceptance.ack.Event.Sent;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a client ends. */
class QuitIT extends OnSharedServer {

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void shouldAnswerWhatIsOutstandingAndSayBye(boolean halfClose) {
    AckClient bob = join("");
    AckClient alice = join("");
    long next = alice.answer().next();
    alice.send("SEND 1 one", "SEND 2 two");
    leave(alice, halfClose);
    assertThat(alice.untilEnd().stream().map(Event::uncounted))
        .containsExactly(new Sent(1, next, 0), new Sent(2, next + 1, 0), new Bye("quit"));
    assertThat(bob.next(2)).containsExactly(new Line(next, "one"), new Line(next + 1, "two"));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void shouldSendWhatWasAcceptedUpToThen(boolean halfClose) {
    int count = 2_000;
    AckClient alice = join("");
    AckClient bob = join("listen=no");
    List<Event> expected = new ArrayList<>();
    StringBuilder sends = new StringBuilder();
    for (int i = 0; i < count; i++) {
      sends.append("SEND ").append(i + 1).append(" line ").append(i).append('\n');
      expected.add(new Line(bob.answer().next() + i, "line " + i));
    }
    expected.add(new Bye("quit"));
    bob.sendRaw(sends.toString());
    assertThat(bob.next(count)).hasSize(count);
    leave(alice, halfClose);
    assertThat(alice.untilEnd()).isEqualTo(expected);
  }

  @Test
  void shouldSayByeToAClientThatHasSaidNothingElse() {
    AckClient alice = connect();
    alice.send("LINECAST/1 my-nonce-1", "QUIT");
    assertThat(alice.awaitAnswer("my-nonce-1").isOk()).isTrue();
    alice.expectBye("quit");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"SEND 2 half a li", "SEND 2 whole but for its line feed", "SEND", "S", "QUI"})
  void shouldNotRelayHalfASend(String half) {
    LineClient plain = joinPlain();
    AckClient bob = join("");
    AckClient alice = join("");
    long next = alice.answer().next();
    alice.sendRaw("SEND 1 one\n" + half);
    alice.halfClose();
    assertThat(alice.untilEnd().stream().map(Event::uncounted))
        .containsExactly(new Sent(1, next, 0), new Bye("quit"));
    assertThat(join("listen=no").publish(1, "the next").seq()).isEqualTo(next + 1);
    assertThat(bob.next(2)).containsExactly(new Line(next, "one"), new Line(next + 1, "the next"));
    assertThat(plain.hear(2)).containsExactly("one", "the next");
  }

  @Test
  void shouldKeepWhatWasAcceptedOfAClientThatResets() {
    AckClient bob = join("");
    AckClient alice = join("listen=no");
    long next = alice.answer().next();
    for (int n = 1; n <= 50; n++) {
      alice.publish(n, "line " + n);
    }
    alice.sendRaw("SEND 51 half a li");
    alice.reset();
    for (int n = 1; n <= 50; n++) {
      assertThat(bob.next()).isEqualTo(new Line(next + n - 1, "line " + n));
    }
    assertThat(join("listen=no").publish(1, "the next").seq()).isEqualTo(next + 50);
    assertThat(bob.next()).isEqualTo(new Line(next + 50, "the next"));
  }

  @Test
  void shouldServeNetcatThatEndsItsInput() {
    AckClient bob = join("");
    AckClient alice = connect();
    alice.sendRaw("LINECAST/1 by-hand-1 listen=no\nSEND 1 hello\nSEND 2 again\n");
    alice.halfClose();
    long next = alice.awaitAnswer("by-hand-1").next();
    assertThat(alice.untilEnd().stream().map(Event::uncounted))
        .containsExactly(new Sent(1, next, 0), new Sent(2, next + 1, 0), new Bye("quit"));
    assertThat(bob.next(2)).containsExactly(new Line(next, "hello"), new Line(next + 1, "again"));
  }

  @Test
  void shouldTakeNothingAfterAQuit() {
    AckClient bob = join("");
    AckClient alice = join("listen=no");
    alice.send("SEND 1 one", "QUIT", "SEND 2 two", "PONG", "FOO", "DONE 1");
    assertThat(alice.untilEnd()).hasSize(2).last().isEqualTo(new Bye("quit"));
    long seq = join("listen=no").publish(1, "the next").seq();
    assertThat(bob.next(2)).containsExactly(new Line(seq - 1, "one"), new Line(seq, "the next"));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void shouldLetTwoQuitThatWaitForEachOthersDone(boolean halfClose) {
    AckClient alice = join("ack=done");
    AckClient bob = join("ack=done");
    alice.send("SEND 1 of alice");
    bob.nextLine();
    bob.send("SEND 1 of bob");
    alice.nextLine();
    leave(alice, halfClose);
    leave(bob, halfClose);
    assertThat(alice.untilEnd()).hasSize(2).last().isEqualTo(new Bye("quit"));
    assertThat(bob.untilEnd()).hasSize(2).last().isEqualTo(new Bye("quit"));
  }

  private static void leave(AckClient client, boolean halfClose) {
    if (halfClose) {
      client.halfClose();
    } else {
      client.send("QUIT");
    }
  }
}
