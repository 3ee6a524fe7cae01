package io.linecast.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.linecast.protocol.From;
import io.linecast.protocol.GapReason;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What becomes of arrears that a client is too slow for. */
class LateArrearsTest {

  private static final String LINE = Lines.ofLength(OneLoopChannel.LARGEST_RUN_BYTES);

  private final OneLoopChannel test = new OneLoopChannel(SlowPolicy.DISCONNECT);

  @Test
  void shouldSayExactlyWhichLinesHaveExpiredMeanwhile() {
    int lines = 40;
    test.publishBytes(lines * LINE.length());
    FakeSink sink = new FakeSink(0);
    Subscriber client = test.arrive(sink, new From.Oldest());
    Account before = client.account();
    for (int i = 0; i < 2 * OneLoopChannel.WINDOW_BYTES / LINE.length(); i++) {
      // Its own, so that it is not late in what comes after it.
      test.publish(client, LINE);
    }
    sink.makeRoom(Long.MAX_VALUE / 2, client);
    test.runLoops();

    long given = Lines.count(sink.received());
    assertThat(before.delivered()).isZero();
    assertThat(sink.gaps()).containsExactly((given + 1) + "-" + lines);
    assertThat(client.account()).isEqualTo(new Account(lines, given, lines - given, 0));
    assertThat(test.counter(Counter.LAPPED)).isZero();
  }

  /** Text that is cut off is worth little, so a quick reader must not lose to busy senders. */
  @Test
  void shouldLeaveATimeWhereNobodyCanBeToldOfAGap() {
    test.publishBytes(3 * OneLoopChannel.WINDOW_BYTES);
    FakeSink sink = new FakeSink();
    Arrival.Wish wish =
        new Arrival.Wish(
            new From.Oldest(),
            Optional.empty(),
            Optional.empty(),
            BasicEncoding.PLAIN,
            Long.MAX_VALUE);
    Arrival arrival = test.channel().arrive(wish, 0, Optional.of(sink), new FakeHolder());
    for (int bytes = 0; bytes < OneLoopChannel.WINDOW_BYTES / 4; bytes += LINE.length()) {
      test.channel().publish(Lines.fromNobody(LINE)); // before its first visit
    }
    test.runLoops();

    long lines = arrival.next() - 1 - arrival.lineBefore();
    assertThat(lines * LINE.length())
        .isBetween(OneLoopChannel.WINDOW_BYTES / 2L, OneLoopChannel.WINDOW_BYTES / 4L * 3);
    assertThat(arrival.oldest()).isEqualTo(arrival.lineBefore() + 1);
    assertThat(sink.gaps()).isEmpty();
    assertThat(arrival.subscriber().orElseThrow().account().pending()).isZero();
  }

  @Test
  void shouldGoOnWithTheOldestLineThatIsKept() {
    int lines = 60;
    test.publishBytes(lines * LINE.length());
    FakeSink sink = new FakeSink(0);
    Subscriber client = test.arrive(sink, new From.Oldest());
    int given = Lines.count(sink.owed());
    for (int i = 0; i < 48; i++) {
      // Its own, so that it is not late in what comes after it.
      test.publish(client, LINE);
    }
    int gone = (int) test.channel().feed().lineStartNear(0).line();
    sink.makeRoom(Long.MAX_VALUE / 2, client);
    test.runLoops();

    assertThat(gone).isBetween(given + 1, lines - 1);
    assertThat(sink.gaps()).containsExactly((given + 1) + "-" + gone);
    assertThat(sink.gapReasons()).containsExactly(GapReason.EXPIRED);
    assertThat(sink.received())
        .isEqualTo(Lines.numbered(LINE, 1, given) + Lines.numbered(LINE, gone + 1, lines));
  }

  @Test
  void shouldLoseNothingWhereSendersWait() {
    OneLoopChannel stalling = new OneLoopChannel(SlowPolicy.STALL);
    stalling.publishBytes(40 * LINE.length());
    FakeSink sink = new FakeSink(0);
    Subscriber client = stalling.arrive(sink, new From.Oldest());
    int published = 40;
    for (; !stalling.channel().holdsSenders(); published++) {
      assertThat(published).as("lines published, and nobody held").isLessThan(100);
      // Its own, so that it is not late in what comes after it.
      stalling.publish(client, LINE);
    }
    sink.makeRoom(Long.MAX_VALUE / 2, client);
    stalling.runLoops();

    assertThat(sink.received()).isEqualTo(Lines.numbered(LINE, 1, 40));
    assertThat(sink.gaps()).isEmpty();
    assertThat(stalling.channel().holdsSenders()).isFalse();
  }

  @Test
  void shouldHoldSendersFromTheMomentItComes() {
    OneLoopChannel stalling = new OneLoopChannel(SlowPolicy.STALL);
    stalling.publishBytes(40 * LINE.length());
    Optional<Sink> sink = Optional.of(new FakeSink());
    stalling.channel().arrive(wish(new From.Oldest()), 0, sink, new FakeHolder());
    assertThat(stalling.channel().holdsSenders()).isTrue();

    stalling.runLoops();

    assertThat(stalling.channel().holdsSenders()).isFalse();
  }

  @Test
  void shouldBeginNoFurtherBackThanSendersCanWaitFor() {
    OneLoopChannel stalling = new OneLoopChannel(SlowPolicy.STALL);
    int lines = OneLoopChannel.WINDOW_BYTES / LINE.length();
    stalling.publishBytes(lines * LINE.length());
    FakeSink sink = new FakeSink();
    Arrival arrival = stalling.arrive(sink, wish(new From.Line(1)), new FakeHolder());

    assertThat(arrival.oldest()).isEqualTo(lines / 4 + 1);
    assertThat(arrival.gap()).contains(new Gap(1, lines / 4, GapReason.EXPIRED));
    assertThat(sink.received()).isEqualTo(Lines.numbered(LINE, lines / 4 + 1, lines));
  }

  @Test
  void shouldSkipFromItsArrearsIntoTheStreamWhenItIsLapped() {
    test.publish(null, "a\nb\nc\n");
    FakeSink sink = new FakeSink(9);
    Subscriber client = test.arrive(sink, new From.Line(1));
    test.publishBytes(OneLoopChannel.WINDOW_BYTES + 8 * LINE.length());

    Account account = client.account();
    assertThat(account.skipped()).isPositive();
    assertThat(account.balances()).isTrue();
    assertThat(sink.gaps()).containsExactly("4-" + (3 + account.skipped()));
    assertThat(test.counter(Counter.LAPPED)).isEqualTo(1);

    sink.makeRoom(Long.MAX_VALUE / 2, client);
    test.runLoops();
    long next = 4 + account.skipped();
    long last = test.channel().feed().head().line();
    assertThat(sink.received())
        .isEqualTo("LINE 1 a\nLINE 2 b\nLINE 3 c\n" + Lines.numbered(LINE, (int) next, (int) last));
  }

  @Test
  void shouldSkipArrearsThatItHasNotBegunWithWhenItIsLapped() {
    test.publishBytes(40 * LINE.length());
    FakeSink sink = new FakeSink(0);
    Subscriber client = test.arrive(sink, new From.Oldest());
    long given = Lines.count(sink.owed());
    test.publishBytes(2 * OneLoopChannel.WINDOW_BYTES);

    Account account = client.account();
    long first = given + 1;
    assertThat(sink.gaps()).isNotEmpty();
    assertThat(sink.gaps().getFirst()).startsWith(first + "-");
    assertThat(gapLines(sink)).isEqualTo(account.skipped());
    assertThat(account.balances()).isTrue();
  }

  @Test
  void shouldGoOnInTheMiddleOfItsOwnLinesWhereTheOthersHaveExpired() {
    FakeHolder earlier = new FakeHolder();
    Arrival before = test.arrive(new FakeSink(), wish(new From.New()), earlier);
    test.publish(null, LINE);
    for (int i = 1; i <= 56; i++) {
      Batch batch = Lines.from(before.subscriber().orElseThrow(), LINE);
      test.channel().publish(batch, new long[] {i}, before.publisher(), earlier);
      test.runLoops();
    }
    test.publish(null, "other\n");
    test.channel().leave(before.subscriber().orElseThrow());

    FakeSink sink = new FakeSink(0);
    Arrival arrival = test.arrive(sink, wish(new From.Oldest()), new FakeHolder());
    Subscriber client = arrival.subscriber().orElseThrow();
    for (int i = 0; i < 24; i++) {
      // Its own, so that it is not late in what comes after it.
      test.publish(client, LINE);
    }
    sink.makeRoom(Long.MAX_VALUE / 2, client);
    test.runLoops();

    assertThat(sink.received()).isEqualTo(Lines.numbered(LINE, 1, 1) + "LINE 58 other\n");
    assertThat(sink.gaps()).as("gaps of its own lines").isEmpty();
    assertThat(client.account()).isEqualTo(new Account(2, 2, 0, 0));
  }

  private static long gapLines(FakeSink sink) {
    return sink.gaps().stream()
        .map(gap -> Stream.of(gap.split("-")).mapToLong(Long::parseLong).toArray())
        .mapToLong(gap -> gap[1] - gap[0] + 1)
        .sum();
  }

  private static Arrival.Wish wish(From from) {
    return new Arrival.Wish(from, Optional.empty(), Optional.of("ann"));
  }
}
