package io.linecast.acceptance.ack;

import static org.assertj.core.api.Assertions.assertThat;

import io.linecast.acceptance.LineClient;
import io.linecast.acceptance.ack.Event.Bye;
import io.linecast.acceptance.ack.Event.Fail;
import io.linecast.acceptance.ack.Event.Line;
import io.linecast.acceptance.ack.Event.Sent;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers that are repeated, and publishers that come back. */
class PublisherIT extends OnSharedServer {

  private static final int REMEMBERED = 10_000;

  @ParameterizedTest
  @ValueSource(strings = {"", "publisher="})
  void shouldAnswerARepeatWithTheFirstsSent(String named) {
    AckClient bob = join("");
    AckClient alice = join(named.isEmpty() ? "" : named + name());
    Sent first = alice.publish(7, "once");
    Sent second = alice.publish(8, "and");
    alice.send("SEND 7 once", "SEND 8 another text", "SEND 7", "SEND 9 on");
    assertThat(alice.next(3)).containsExactly(first, second, first);
    assertThat(alice.next().uncounted()).isEqualTo(new Sent(9, second.seq() + 1, 0));
    assertThat(bob.next(3))
        .containsExactly(
            new Line(first.seq(), "once"),
            new Line(second.seq(), "and"),
            new Line(second.seq() + 1, "on"));
  }

  @Test
  void shouldAnswerARepeatInTheSamePacket() {
    AckClient alice = join("");
    alice.send("SEND 1 once", "SEND 1 once", "SEND 1 once");
    List<Event> events = alice.next(3);
    assertThat(events).containsOnly(events.getFirst());
  }

  @Test
  void shouldKnowARepeatOverANewConnection() {
    String name = name();
    AckClient bob = join("");
    AckClient before = join("publisher=" + name);
    Sent first = before.publish(41, "once");
    Sent second = before.publish(42, "and");
    before.send("QUIT");
    before.untilEnd();
    AckClient after = join("publisher=" + name);
    assertThat(after.answer().last()).hasValue(42);
    after.send("SEND 42 and", "SEND 41 once", "SEND 43 on");
    assertThat(after.next(2)).containsExactly(second, first);
    assertThat(after.next().uncounted()).isEqualTo(new Sent(43, second.seq() + 1, 0));
    assertThat(bob.next(3)).last().isEqualTo(new Line(second.seq() + 1, "on"));
    assertThat(join("publisher=" + name).answer().last()).hasValue(43);
  }

  @Test
  void shouldTakeARepeatOfSomebodyWithoutANameForANewLine() {
    Sent first = join("").publish(1, "once");
    assertThat(join("").publish(1, "once").seq()).isEqualTo(first.seq() + 1);
    assertThat(join("publisher=" + name()).publish(1, "once").seq()).isEqualTo(first.seq() + 2);
  }

  @Test
  void shouldSayThatAPublisherIsNew() {
    AckClient alice = join("publisher=" + name());
    assertThat(alice.answer().last()).hasValue(0);
  }

  @Test
  void shouldTellPublishersApartByEveryCharacter() {
    String name = name();
    join("publisher=" + name).publish(5, "five");
    for (String other : List.of(name + ".", name + "0", name.toUpperCase(Locale.ROOT))) {
      assertThat(join("publisher=" + other).answer().last()).as(other).hasValue(0);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "publisher="})
  void shouldRefuseALowerNumberThatWasNeverUsed(String named) {
    AckClient bob = join("");
    AckClient alice = join(named.isEmpty() ? "" : named + name());
    alice.publish(10, "ten");
    alice.publish(20, "twenty");
    alice.send("SEND 15 between", "SEND 19 between", "SEND 11 between");
    alice.expectFail(15, "bad-number");
    alice.expectFail(19, "bad-number");
    alice.expectFail(11, "bad-number");
    long seq = alice.publish(21, "and on").seq();
    assertThat(bob.next(3)).last().isEqualTo(new Line(seq, "and on"));
  }

  @Test
  void shouldRefuseALowerNumberThatWasNeverUsedOverANewConnection() {
    String name = name();
    AckClient before = join("publisher=" + name);
    before.publish(10, "ten");
    before.publish(20, "twenty");
    AckClient after = join("publisher=" + name);
    after.send("SEND 15 between");
    after.expectFail(15, "bad-number");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void shouldRememberTenThousandLinesAndNotAllThereEverWere(boolean overANewConnection) {
    String hello = "listen=no publisher=" + name();
    AckClient alice = join(hello);
    int count = 5 * REMEMBERED;
    StringBuilder sends = new StringBuilder();
    for (int n = 1; n <= count; n++) {
      sends.append("SEND ").append(2 * n).append('\n');
    }
    alice.sendRaw(sends.toString());
    long next = alice.answer().next();
    assertThat(alice.next(count).getLast().uncounted())
        .isEqualTo(new Sent(2L * count, next + count - 1, 0));
    AckClient later = overANewConnection ? join(hello) : alice;
    long oldest = 1L + count - REMEMBERED;
    later.send("SEND " + 2 * oldest, "SEND " + (2 * oldest + 1), "SEND 2", "SEND 3");
    assertThat(later.next().uncounted()).isEqualTo(new Sent(2 * oldest, next + oldest - 1, 0));
    later.expectFail(2 * oldest + 1, "bad-number");
    later.expectFail(2, "duplicate");
    later.expectFail(3, "duplicate");
    assertThat(later.publish(2L * count + 1, "and on").seq()).isEqualTo(next + count);
  }

  @Test
  void shouldHavePublishersTakeTheirOwnPlaceFromAnOlderConnection() {
    String name = name();
    AckClient bob = join("");
    AckClient older = join("listen=no publisher=" + name);
    Sent one = older.publish(1, "one");
    AckClient newer = join("listen=no publisher=" + name);
    older.trySend("SEND 2 from the one that was replaced");
    assertThat(newer.answer().last()).hasValue(1);
    older.expectBye("duplicate");
    newer.send("SEND 1 one", "SEND 2 from the one that replaced it");
    assertThat(newer.next()).isEqualTo(one);
    long seq = ((Sent) newer.next()).seq();
    assertThat(seq).isEqualTo(one.seq() + 1);
    assertThat(bob.next(2))
        .containsExactly(
            new Line(one.seq(), "one"), new Line(seq, "from the one that replaced it"));
  }

  @Test
  void shouldAnswerTheNewerConnectionForWhatTheOlderLeftUnanswered() {
    String name = name();
    AckClient bob = join("");
    AckClient older = join("listen=no ack=done publisher=" + name);
    older.send("SEND 1 one", "SEND 2 two");
    long seq = bob.nextLine().seq();
    assertThat(bob.nextLine().seq()).isEqualTo(seq + 1);
    AckClient newer = join("listen=no ack=stored publisher=" + name);
    assertThat(newer.answer().last()).hasValue(2);
    newer.send("SEND 1 one", "SEND 2 two", "SEND 3 three");
    assertThat(newer.next(3).stream().map(Event::uncounted))
        .containsExactly(new Sent(1, seq, 0), new Sent(2, seq + 1, 0), new Sent(3, seq + 2, 0));
    assertThat(bob.nextLine()).isEqualTo(new Line(seq + 2, "three"));
    assertThat(older.untilEnd()).last().isEqualTo(new Bye("duplicate"));
  }

  @Test
  void shouldLeaveAPublisherItsPlaceWhenAnotherHelloIsRefused() {
    String name = name();
    AckClient alice = join("publisher=" + name);
    Sent one = alice.publish(1, "one");
    for (String wrong :
        List.of("from=9223372036854775807", "colour=blue", "channel=there-is-none")) {
      assertThat(connect().hello("publisher=" + name + " " + wrong).isOk()).isFalse();
    }
    assertThat(alice.publish(2, "two").seq()).isEqualTo(one.seq() + 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"number", "oldest"})
  void shouldNotSendAPublisherItsOwnEarlierLines(String from) {
    String name = name();
    LineClient plain = joinPlain();
    AckClient alice = join("listen=no publisher=" + name);
    AckClient bob = join("");
    long first = alice.publish(1, "alice 1").seq();
    assertThat(bob.nextLine().seq()).isEqualTo(first);
    bob.publish(1, "bob 1");
    plain.send("plain 1");
    assertThat(bob.nextLine().seq()).isEqualTo(first + 2);
    alice.publish(2, "alice 2");
    assertThat(bob.nextLine().seq()).isEqualTo(first + 3);
    alice.reset();
    AckClient again = join("publisher=" + name + " from=" + (from.equals("number") ? first : from));
    Line line = again.nextLine();
    while (line.seq() < first) {
      line = again.nextLine();
    }
    assertThat(line).isEqualTo(new Line(first + 1, "bob 1"));
    assertThat(again.next()).isEqualTo(new Line(first + 2, "plain 1"));
    bob.publish(2, "bob 2");
    assertThat(again.next()).isEqualTo(new Line(first + 4, "bob 2"));
  }

  @Test
  void shouldSendSomebodyWithoutANameHisOwnEarlierLines() {
    AckClient alice = join("");
    long first = alice.publish(1, "mine").seq();
    alice.reset();
    assertThat(join("from=" + first).next()).isEqualTo(new Line(first, "mine"));
  }

  @Test
  void shouldTakeARefusedNumberAgain() {
    AckClient bob = join("");
    AckClient alice = join("publisher=" + name());
    alice.send("SEND 1 " + "x".repeat(alice.answer().maxLine()));
    assertThat(alice.next()).isEqualTo(new Fail(1, "too-long"));
    long seq = alice.publish(1, "and now a short one").seq();
    assertThat(bob.next()).isEqualTo(new Line(seq, "and now a short one"));
  }

  @Test
  void shouldNotCountARefusedNumberAsUsed() {
    String name = name();
    AckClient alice = join("listen=no publisher=" + name);
    alice.publish(1, "one");
    alice.send("SEND 9 " + "x".repeat(alice.answer().maxLine()));
    alice.expectFail(9, "too-long");
    assertThat(join("listen=no publisher=" + name).answer().last()).hasValue(1);
  }

  @Test
  void shouldAnswerARepeatOnceWhatIsAskedForNowHasHappened() {
    String name = name();
    AckClient bob = join("");
    Sent first = join("listen=no publisher=" + name).publish(1, "at first only stored");
    assertThat(bob.next()).isEqualTo(new Line(first.seq(), "at first only stored"));
    AckClient careful = join("listen=no ack=done publisher=" + name);
    careful.send("SEND 1 at first only stored");
    careful.expectSilence(Duration.ofMillis(80));
    bob.send("DONE " + first.seq());
    assertThat(careful.next()).isEqualTo(first);
  }

  @ParameterizedTest
  @ValueSource(strings = {"half-close", "reset"})
  void shouldPutNobodyOutForHalfAHello(String end) {
    String name = name();
    AckClient alice = join("publisher=" + name);
    AckClient half = connect();
    half.sendRaw("LINECAST/1 " + AckClient.nonce() + " listen=no publisher=" + name);
    if (end.equals("reset")) {
      half.reset();
    } else {
      half.halfClose();
      half.textsUntilEnd();
    }
    assertThat(alice.publish(1, "still here").seq()).isPositive();
  }

  private static String name() {
    return "p." + AckClient.nonce();
  }
}
