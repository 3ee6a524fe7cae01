package io.linecast.acceptance.ack;

import static org.assertj.core.api.Assertions.assertThat;

import io.linecast.acceptance.LineClient;
import io.linecast.acceptance.ServerUnderTest;
import io.linecast.acceptance.ack.Event.Gap;
import io.linecast.acceptance.ack.Event.Line;
import io.linecast.acceptance.ack.Event.Sent;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where hearing begins. */
class FromIT extends OnSharedServer {

  private static final int LINES = 20;

  private AckClient alice;
  private long first;
  private long next;

  @BeforeEach
  void publish() {
    alice = join("listen=no");
    first = alice.answer().next();
    for (int n = 1; n <= LINES; n++) {
      alice.publish(n, "line " + (first + n - 1));
    }
    next = first + LINES;
  }

  @Test
  void shouldBeginWithTheNextLineUnlessToldOtherwise() {
    assertHearsFrom(join(""), next);
    assertHearsFrom(join("from=new"), next);
    assertHearsFrom(join("from=" + next), next);
  }

  @Test
  void shouldBeginWithALineByItsNumber() {
    assertHearsFrom(join("from=" + first), first);
    assertHearsFrom(join("from=" + (first + 7)), first + 7);
    assertHearsFrom(join("from=" + (next - 1)), next - 1);
  }

  @Test
  void shouldBeginWithALineOfTheEpochGiven() {
    String epoch = " epoch=" + alice.answer().epoch();
    assertHearsFrom(join("from=" + first + epoch), first);
    assertHearsFrom(join("from=" + next + epoch), next);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, LINES})
  void shouldBeginWithTheLastSoManyLines(int count) {
    assertHearsFrom(join("from=-" + count), next - count);
  }

  @ParameterizedTest
  @ValueSource(strings = {"oldest", "-9223372036854775807"})
  void shouldBeginWithTheOldestLineThereIs(String from) {
    AckClient late = join("from=" + from);
    assertThat(late.nextLine().seq()).isEqualTo(late.answer().oldest());
    assertThat(late.answer().oldest()).isLessThanOrEqualTo(first);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 17, 123_456_789_012L, Long.MAX_VALUE})
  void shouldSayThatANumberOfAnotherEpochIsNoMore(long number) {
    AckClient late = join("from=" + number + " epoch=another-one");
    assertThat(late.next()).isEqualTo(new Gap(number, Long.MAX_VALUE, "epoch"));
    assertThat(late.nextLine().seq()).isEqualTo(late.answer().oldest());
    assertThat(late.answer().epoch()).isEqualTo(alice.answer().epoch());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "from=new ", "from=-3 ", "listen=no from=1 "})
  void shouldPassOverAnEpochWhereNoNumberIsMeant(String from) {
    AckClient late = join(from + "epoch=another-one");
    alice.publish(LINES + 1, "line " + next);
    if (from.startsWith("listen=no")) {
      late.expectSilence(Duration.ofMillis(50));
    } else {
      long first = from.contains("-3") ? next - 3 : next;
      assertThat(late.next()).isEqualTo(new Line(first, "line " + first));
    }
  }

  @Test
  void shouldCheckANumberEvenOfAClientThatDoesNotListen() {
    Answer refusal = connect().hello("listen=no from=" + (next + 1));
    assertThat(refusal.code()).isEqualTo("bad-number");
  }

  @Test
  void shouldPassFromOldLinesToNewOnesWithoutAGapOrARepetition() {
    StringBuilder many = new StringBuilder();
    for (int n = LINES + 1; n <= 5_000; n++) {
      many.append("SEND ").append(n).append(" line ").append(first + n - 1).append('\n');
    }
    long whole = first + LINES;
    for (int from = 0; from < many.length(); from += 40_000) {
      String piece = many.substring(from, Math.min(many.length(), from + 40_000));
      alice.sendRaw(piece);
      whole += piece.chars().filter(c -> c == '\n').count();
      AckClient late = join("from=" + first);
      for (long seq = first; seq < whole; seq++) {
        assertThat(late.nextLine()).isEqualTo(new Line(seq, "line " + seq));
      }
    }
    assertThat(((Sent) alice.next(5_000 - LINES).getLast()).seq()).isEqualTo(first + 5_000 - 1);
  }

  @Test
  void shouldSendNoOldLineToAClientThatDoesNotListen() {
    AckClient deaf = join("listen=no from=" + first);
    deaf.expectSilence(Duration.ofMillis(100));
    assertThat(deaf.publish(1, "all the same").seq()).isEqualTo(next);
  }

  @Test
  void shouldTellLinesOfPlainClientsToo() {
    LineClient plain = joinPlain();
    AckClient before = join("");
    plain.send("one", "", "three\r");
    Line heard = before.nextLine();
    assertThat(before.next(2)).hasSize(2);
    AckClient late = join("from=" + heard.seq());
    assertThat(late.next(3))
        .containsExactly(
            heard, new Line(heard.seq() + 1, ""), new Line(heard.seq() + 2, "three\r"));
  }

  @Test
  void shouldSayWhichLinesHaveExpired() {
    try (ServerUnderTest small = ServerUnderTest.start("--window", "1m");
        Clients there = new Clients(small)) {
      AckClient publisher = there.join("listen=no");
      String text = "x".repeat(1_000);
      for (int n = 1; n <= 4_000; n++) {
        publisher.publish(n, text);
      }
      for (long from : new long[] {1, 2, 1_000}) {
        AckClient late = there.join("from=" + from);
        long oldest = late.answer().oldest();
        assertThat(oldest).as("oldest, with a window of 1 MB").isGreaterThan(2_000);
        assertThat(late.next()).isEqualTo(new Gap(from, oldest - 1, "expired"));
        assertThat(late.nextLine()).isEqualTo(new Line(oldest, text));
      }
      AckClient oldest = there.join("from=oldest");
      assertThat(oldest.nextLine().seq()).as("no gap").isEqualTo(oldest.answer().oldest());
      AckClient last = there.join("from=-3999");
      assertThat(last.nextLine().seq()).as("no gap").isEqualTo(last.answer().oldest());
      AckClient kept = there.join("from=" + oldest.answer().oldest());
      assertThat(kept.nextLine().seq()).as("no gap").isEqualTo(oldest.answer().oldest());
    }
  }

  /** Publishes one more line, and has it hear all up to this. */
  private void assertHearsFrom(AckClient late, long from) {
    assertThat(late.answer().next()).as("next for %s", late).isEqualTo(next);
    alice.publish(next - first + 1, "line " + next);
    next++;
    for (long seq = from; seq < next; seq++) {
      assertThat(late.next()).as("%s from %d", late, from).isEqualTo(new Line(seq, "line " + seq));
    }
  }
}
