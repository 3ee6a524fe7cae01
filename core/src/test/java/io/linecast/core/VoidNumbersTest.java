package io.linecast.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.linecast.protocol.From;
import io.linecast.protocol.GapReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Numbers that no line has: who is told of them, and what they are counted as. */
class VoidNumbersTest {

  private final HeldJournal journal = new HeldJournal();
  private final OneLoopChannel test = new OneLoopChannel(SlowPolicy.DISCONNECT, journal);
  private final FakeHolder holder = new FakeHolder();
  private final List<Receipt> receipts = new ArrayList<>();

  @Test
  void shouldBeToldToThoseWhoHearNumbersOnly() {
    FakeSink plain = new FakeSink();
    FakeSink numbered = new FakeSink();
    Subscriber client = test.join(plain, 0);
    Subscriber other = test.arrive(numbered, new From.New());
    keep("a\n");
    skip(3);
    keep("b\n");

    assertThat(plain.received()).isEqualTo("a\nb\n");
    assertThat(plain.gaps()).isEmpty();
    assertThat(numbered.received()).isEqualTo("LINE 1 a\nGAP 2 4 void\nLINE 5 b\n");
    assertThat(client.account()).isEqualTo(new Account(2, 2, 0, 0));
    assertThat(other.account()).isEqualTo(new Account(2, 2, 0, 0));
    assertThat(test.counter(Counter.ELIGIBLE)).isEqualTo(4);
  }

  @Test
  void shouldBePassedWhereTheClientsOwnLinesAreBesideThem() {
    FakeSink sink = new FakeSink();
    Subscriber client = test.arrive(sink, new From.New());
    FakeSink heard = new FakeSink();
    Subscriber talker = test.join(heard, 0);
    for (Subscriber origin : new Subscriber[] {client, talker}) {
      skip(2);
      publish(origin, "mine\n");
      skip(1);
      keep("other\n");
    }

    assertThat(sink.received())
        .isEqualTo(
            """
            GAP 1 2 void
            GAP 4 4 void
            LINE 5 other
            GAP 6 7 void
            LINE 8 mine
            GAP 9 9 void
            LINE 10 other
            """);
    assertThat(heard.received()).isEqualTo("mine\nother\nother\n");
    assertThat(client.account()).isEqualTo(new Account(3, 3, 0, 0));
    assertThat(talker.account()).isEqualTo(new Account(3, 3, 0, 0));
  }

  @Test
  void shouldBeToldFromAnyOfThemOn() {
    keep("a\n");
    skip(3);
    keep("b\n");
    for (int from = 2; from <= 4; from++) {
      FakeSink sink = new FakeSink();
      Subscriber client = test.arrive(sink, new From.Line(from));

      assertThat(sink.gaps()).as("from %d", from).containsExactly(from + "-4");
      assertThat(sink.gapReasons()).containsExactly(GapReason.VOID);
      assertThat(sink.received()).isEqualTo("LINE 5 b\n");
      assertThat(client.account()).isEqualTo(new Account(1, 1, 0, 0));
      test.channel().leave(client);
    }
  }

  @Test
  void shouldBeToldWhereTheNextLineWouldBe() {
    keep("a\n");
    skip(2);
    FakeSink sink = new FakeSink();
    Arrival arrival = test.arrive(sink, wish(new From.Line(4)), holder);
    skip(1);
    keep("b\n");

    assertThat(arrival.next()).isEqualTo(4);
    assertThat(sink.gaps()).isEmpty();
    assertThat(sink.received()).isEqualTo("GAP 4 4 void\nLINE 5 b\n");
  }

  @Test
  void shouldBeOwedLikeALineToAFullSocket() {
    FakeSink sink = new FakeSink("LINE 1 a\nGAP 2".length());
    Subscriber client = test.arrive(sink, new From.New());
    keep("a\n");
    skip(3);
    keep("b\n");

    assertThat(sink.received()).isEqualTo("LINE 1 a\nGAP 2");
    assertThat(sink.owed()).isEqualTo(" 4 void\n");
    assertThat(client.account()).isEqualTo(new Account(2, 1, 0, 1));

    sink.makeRoom(Long.MAX_VALUE / 2, client);
    test.runLoops();
    assertThat(sink.received()).isEqualTo("LINE 1 a\nGAP 2 4 void\nLINE 5 b\n");
    assertThat(client.account()).isEqualTo(new Account(2, 2, 0, 0));
  }

  @Test
  void shouldNotCountAsSkippedWhereALateClientSkips() {
    FakeSink sink = new FakeSink(0);
    Subscriber client = test.arrive(sink, new From.New());
    String line = Lines.ofLength(OneLoopChannel.LARGEST_RUN_BYTES);
    int lines = 2 * OneLoopChannel.WINDOW_BYTES / line.length();
    for (int i = 0; i < lines; i++) {
      keep(line);
      skip(2);
    }
    sink.makeRoom(Long.MAX_VALUE / 2, client);
    test.runLoops();

    Account account = client.account();
    assertThat(account.eligible()).isEqualTo(lines);
    assertThat(account.skipped()).isBetween(1L, lines - 1L);
    assertThat(account.delivered()).isEqualTo(lines - account.skipped());
  }

  @Test
  void shouldCostTheIndexNoLineWhereThereAreMany() {
    FakeSink plain = new FakeSink();
    test.join(plain, 0);
    StringBuilder numbered = new StringBuilder();
    for (int i = 0; i < 1_000; i++) {
      keep("x\n");
      skip(1);
      numbered.append("LINE " + (2 * i + 1) + " x\n");
    }
    FakeSink sink = new FakeSink();
    test.arrive(sink, new From.Line(1));

    assertThat(plain.received()).isEqualTo("x\n".repeat(1_000));
    assertThat(sink.received()).isEqualTo(numbered.toString());
    assertThat(sink.gaps()).hasSize(1_000).startsWith("2-2", "4-4").endsWith("2000-2000");
  }

  @Test
  void shouldBeToldOfTheFirstWhereLinesAreRepeated() {
    FakeSink plain = new FakeSink();
    test.join(plain, 0);
    Arrival ann = test.arrive(new FakeSink(), wish(new From.New()), holder);
    publish(ann, 1, "a\nb\n");
    journal.handBackOfElsewhere("a\n", "ann", 1);
    journal.handBackAsRepeated();
    test.runLoops();

    assertThat(receipts).containsExactly(new Receipt(1, 1), Receipt.REPEATED);
    assertThat(plain.received()).isEqualTo("a\n");
    assertThat(ann.publisher().isAwaiting()).isFalse();
    assertThat(test.channel().isSettled()).isTrue();
    keep("c\n");
    assertThat(receipts).last().isEqualTo(new Receipt(4, 2));
  }

  private void keep(String lines) {
    publish(null, lines);
  }

  private void publish(@Nullable Subscriber origin, String lines) {
    int count = Lines.count(lines);
    test.channel().publish(new Batch(origin, Lines.bytes(lines), count, null, "", this::onSettled));
    journal.handBack();
    test.runLoops();
  }

  private void publish(Arrival from, long number, String lines) {
    int count = Lines.count(lines);
    long[] numbers = new long[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = number + i;
    }
    Numbering numbering = new Numbering(from.publisher(), numbers);
    Subscriber origin = from.subscriber().orElse(null);
    Batch batch = new Batch(origin, Lines.bytes(lines), count, numbering, "", this::onSettled);
    assertThat(test.channel().publish(batch, holder)).isSameAs(Receipt.PENDING);
  }

  private void skip(int numbers) {
    journal.skip(numbers);
    test.runLoops();
  }

  private void onSettled(int lines, Receipt receipt) {
    receipts.add(receipt);
  }

  private static Arrival.Wish wish(From from) {
    return new Arrival.Wish(from, Optional.empty(), Optional.of("ann"));
  }
}
