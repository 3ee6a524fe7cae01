package io.linecast.acceptance.ack;

import static org.assertj.core.api.Assertions.assertThat;

import io.linecast.acceptance.LineClient;
import io.linecast.acceptance.ServerUnderTest;
import io.linecast.acceptance.ack.Event.Bye;
import io.linecast.acceptance.ack.Event.Line;
import io.linecast.acceptance.ack.Event.Sent;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a client becomes an acknowledged one, and what it is told then. */
class HelloIT extends OnSharedServer {

  @Test
  void shouldAnswerAHelloThatAsksForNothing() {
    Answer answer = join("").answer();
    assertThat(answer.parameters())
        .containsOnlyKeys("channel", "next", "oldest", "journal", "epoch", "max-line", "heartbeat");
    assertThat(answer.next()).isPositive();
    assertThat(answer.oldest()).isBetween(1L, answer.next());
    assertThat(answer.epoch()).isNotEmpty();
    assertThat(answer.maxLine()).isGreaterThan(1_000);
    assertThat(answer.number("heartbeat")).isNotNegative();
  }

  @Test
  void shouldTakeEveryParameterInAnyOrder() {
    Answer first = join("").answer();
    String epoch = " epoch=" + first.epoch();
    String channel = " channel=" + first.text("channel");
    Answer answer =
        join("token=secret publisher=A_z.0-9 ack=accepted listen=yes from=-1" + epoch + channel)
            .answer();
    assertThat(answer.text("channel")).isEqualTo(first.text("channel"));
    assertThat(answer.epoch()).isEqualTo(first.epoch());
    assertThat(answer.last()).as("last, of a named publisher").isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"accepted", "stored", "written", "done"})
  void shouldTakeEveryLevel(String level) {
    assertThat(join("ack=" + level + " listen=no").publish(1, "a line").seq()).isPositive();
  }

  @Test
  void shouldSayWhichLineIsNext() {
    AckClient alice = join("");
    long next = join("").answer().next();
    assertThat(alice.publish(1, "one").seq()).isEqualTo(next);
    assertThat(alice.publish(2, "two").seq()).isEqualTo(next + 1);
    Answer later = join("").answer();
    assertThat(later.next()).isEqualTo(next + 2);
    assertThat(later.oldest()).isLessThan(later.next());
    assertThat(later.epoch()).isEqualTo(alice.answer().epoch());
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 64})
  void shouldTakeNoncesOfEveryLengthAllowed(int length) {
    String nonce = "aZ_-09".repeat(11).substring(0, length);
    AckClient alice = connect();
    alice.send("LINECAST/1 " + nonce);
    Answer answer = alice.awaitAnswer(nonce);
    assertThat(answer.isOk()).as("%s", answer).isTrue();
    assertThat(answer.nonce()).isEqualTo(nonce);
  }

  @Test
  void shouldPutAHelloTogetherThatComesByteByByte() {
    AckClient bob = join("");
    AckClient alice = connect();
    String nonce = AckClient.nonce();
    String all = "LINECAST/1 " + nonce + " publisher=slowly\nSEND 1 one byte at a time\n";
    all.chars().forEach(c -> alice.sendRaw(Character.toString(c)));
    assertThat(alice.awaitAnswer(nonce).last()).isPresent();
    Event sent = alice.next();
    assertThat(sent).isInstanceOf(Sent.class);
    assertThat(bob.nextLine()).isEqualTo(new Line(((Sent) sent).seq(), "one byte at a time"));
  }

  @Test
  void shouldTakeWhatFollowsTheHelloInTheSamePacket() {
    AckClient bob = join("");
    AckClient alice = connect();
    String nonce = AckClient.nonce();
    alice.send("LINECAST/1 " + nonce, "SEND 1 one", "SEND 2 two", "QUIT");
    long next = alice.awaitAnswer(nonce).next();
    assertThat(alice.untilEnd().stream().map(Event::uncounted))
        .containsExactly(new Sent(1, next, 0), new Sent(2, next + 1, 0), new Bye("quit"));
    assertThat(bob.next(2)).containsExactly(new Line(next, "one"), new Line(next + 1, "two"));
  }

  @Test
  void shouldRelayNoHello() {
    LineClient plain = joinPlain();
    AckClient bob = join("");
    AckClient alice = join("publisher=alice");
    long seq = alice.publish(1, "after the hello").seq();
    assertThat(plain.hear()).isEqualTo("after the hello");
    assertThat(bob.nextLine()).isEqualTo(new Line(seq, "after the hello"));
  }

  @Test
  void shouldHaveAPlainClientHearLinesUntilItsHelloIsRead() {
    AckClient alice = join("");
    AckClient late = connect();
    alice.publish(1, "first");
    late.sendRaw("LINECAST/1 not-yet-");
    alice.publish(2, "second");
    late.sendRaw("whole\n");
    long next = late.awaitAnswer("not-yet-whole").next();
    assertThat(alice.publish(3, "third").seq()).isEqualTo(next);
    assertThat(late.nextLine()).isEqualTo(new Line(next, "third"));
  }

  @Test
  void shouldMissNothingFromTheAnswersNumberOn() {
    AckClient alice = join("listen=no");
    for (int n = 1; n <= 1_000; n += 50) {
      StringBuilder lines = new StringBuilder();
      for (int i = n; i < n + 50; i++) {
        lines.append("SEND ").append(i).append(" line ").append(i).append('\n');
      }
      alice.sendRaw(lines.toString());
      AckClient late = join("");
      List<Event> sent = alice.next(50);
      long last = ((Sent) sent.getLast()).seq();
      for (long seq = late.answer().next(); seq <= last; seq++) {
        assertThat(late.nextLine().seq()).as("from=new, answer %s", late.answer()).isEqualTo(seq);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a line", "", "linecast/1 wrong-case", "LINECAST", " LINECAST/1 a-blank"})
  void shouldLeaveAClientPlainWhoseFirstLineIsNoHello(String first) {
    AckClient bob = join("");
    AckClient alice = connect();
    alice.send(first, "LINECAST/1 much-too-late listen=no", "SEND 1 as it is");
    assertThat(bob.nextLine().text()).isEqualTo(first);
    assertThat(bob.nextLine().text()).isEqualTo("LINECAST/1 much-too-late listen=no");
    assertThat(bob.nextLine().text()).isEqualTo("SEND 1 as it is");
    bob.publish(1, "for a plain one");
    assertThat(alice.nextBytes()).asString().isEqualTo("for a plain one");
  }

  @Test
  void shouldTakeASecondHelloForAnUnknownVerb() {
    AckClient alice = join("");
    alice.send("LINECAST/1 the-second-one");
    alice.expectBye("bad-verb");
  }

  @Test
  void shouldTakeAHelloOf4096BytesAndNoLongerOne() {
    String nonce = AckClient.nonce();
    String begin = "LINECAST/1 " + nonce + " token=";
    AckClient fits = connect();
    fits.send(begin + "x".repeat(4_096 - begin.length() - 1));
    assertThat(fits.awaitAnswer(nonce).isOk()).isTrue();
    AckClient tooLong = connect();
    tooLong.send(begin + "x".repeat(4_096 - begin.length()));
    Answer refusal = tooLong.awaitAnswer(nonce);
    assertThat(refusal).isEqualTo(new Answer(nonce, "too-long", refusal.parameters()));
    tooLong.expectEnd();
  }

  @Test
  void shouldSendNoLineToAClientThatDoesNotListen() {
    AckClient bob = join("");
    AckClient deaf = join("listen=no");
    for (int n = 1; n <= 3; n++) {
      bob.publish(n, "for whom it may concern");
    }
    long seq = deaf.publish(1, "and still it speaks").seq();
    assertThat(bob.nextLine()).isEqualTo(new Line(seq, "and still it speaks"));
    deaf.expectSilence(Duration.ofMillis(100));
  }

  @Test
  void shouldGiveEachServerItsOwnEpoch() {
    try (ServerUnderTest other = ServerUnderTest.start();
        AckClient there = AckClient.connect(other.address()).join("")) {
      assertThat(there.answer().epoch()).isNotEqualTo(join("").answer().epoch());
      assertThat(there.answer().next()).isEqualTo(1);
      assertThat(there.answer().oldest()).as("oldest where there is none").isEqualTo(1);
    }
  }
}
