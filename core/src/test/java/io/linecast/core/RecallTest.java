package io.linecast.core;

import static io.linecast.core.KeptChannel.KEPT;
import static io.linecast.core.KeptChannel.heard;
import static io.linecast.core.KeptChannel.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.linecast.protocol.From;
import io.linecast.protocol.GapReason;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client hears of lines that the journal has and the feed has no more. */
class RecallTest {

  private static final String LINE = Lines.ofLength(OneLoopChannel.LARGEST_RUN_BYTES);

  private final FakeHistory history = new FakeHistory();

  private OneLoopChannel restarted(SlowPolicy policy) {
    return KeptChannel.restarted(history, policy, Archive.DEFAULT_BYTES);
  }

  static Stream<From> places() {
    return Stream.of(
        new From.Oldest(),
        new From.Line(1),
        new From.Line(2),
        new From.Line(4096),
        new From.Line(4097),
        new From.Line(KEPT),
        new From.Last(KEPT),
        new From.Last(KEPT - 7));
  }

  @ParameterizedTest
  @MethodSource("places")
  void shouldHearAllFromThereAndThenWhatIsAccepted(From from) {
    OneLoopChannel test = restarted(SlowPolicy.DISCONNECT);
    FakeSink sink = new FakeSink();
    Subscriber client = test.arrive(sink, from);
    int first =
        switch (from) {
          case From.Line line -> (int) line.line();
          case From.Last last -> KEPT - (int) last.lines() + 1;
          default -> 1;
        };
    test.runAll();
    test.publish(null, text(KEPT + 1));

    assertThat(sink.received()).isEqualTo(heard(first, KEPT + 1));
    assertThat(client.account()).isEqualTo(new Account(KEPT + 2 - first, KEPT + 2 - first, 0, 0));
    assertThat(sink.gaps()).isEmpty();
  }

  @Test
  void shouldTellTheJournalsOldestLine() {
    history.expireBefore(100);
    OneLoopChannel test = restarted(SlowPolicy.DISCONNECT);
    FakeSink sink = new FakeSink();
    Arrival arrival = test.arrive(sink, wish(new From.Line(17)), new FakeHolder());
    test.runAll();

    assertThat(arrival.oldest()).isEqualTo(100);
    assertThat(arrival.gap()).contains(new Gap(17, 99, GapReason.EXPIRED));
    assertThat(sink.received()).isEqualTo(heard(100, KEPT));
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 1})
  void shouldMeetTheFeedWhereverItBegins(int offset) {
    OneLoopChannel test = restarted(SlowPolicy.DISCONNECT);
    long inFeed = test.channel().feed().lineStartNear(0).line() + 1;
    FakeSink sink = new FakeSink();
    test.arrive(sink, new From.Line(inFeed + offset));
    test.runAll();

    assertThat(inFeed).as("the oldest line in the feed").isBetween(2L, (long) KEPT);
    assertThat(sink.received()).isEqualTo(heard((int) inFeed + offset, KEPT));
    assertThat(history.reads() > readsBefore(test)).isEqualTo(offset < 0);
  }

  private int readsBefore(OneLoopChannel test) {
    FakeHistory copy = new FakeHistory();
    for (int i = 1; i <= KEPT; i++) {
      copy.add(text(i));
    }
    new OneLoopChannel(test.channel().pace().policy(), new KeepingJournal(copy), 0);
    return copy.reads();
  }

  @Test
  void shouldFillAQuarterOfTheWindowAtMostAfterARestart() {
    OneLoopChannel test = restarted(SlowPolicy.DISCONNECT);
    FakeSink sink = new FakeSink();
    test.join(sink, 5);

    assertThat(test.channel().feed().head().position()).isPositive();
    assertThat(sink.received())
        .isEqualTo(text(9996) + text(9997) + text(9998) + text(9999) + text(10_000));
    long lines = KEPT - test.channel().feed().lineStartNear(0).line();
    assertThat(lines * text(KEPT).length())
        .isBetween(OneLoopChannel.WINDOW_BYTES / 16L, OneLoopChannel.WINDOW_BYTES / 4L);
  }

  @Test
  void shouldHearWhatIsAcceptedMeanwhileOnceThoughTheWindowRunsPast() {
    OneLoopChannel test = restarted(SlowPolicy.STALL);
    FakeSink sink = new FakeSink();
    Subscriber client = test.arrive(sink, new From.Oldest());
    int last = KEPT;
    for (int i = 0; i < 3 * OneLoopChannel.WINDOW_BYTES / LINE.length(); i++) {
      test.publish(null, LINE);
      last++;
      assertThat(test.channel().holdsSenders()).as("held after line " + last).isFalse();
    }
    test.runAll();
    test.publish(null, "the last\n");

    assertThat(sink.received())
        .isEqualTo(
            heard(1, KEPT)
                + Lines.numbered(LINE, KEPT + 1, last)
                + Lines.numbered("the last\n", last + 1, last + 1));
    assertThat(client.account()).isEqualTo(new Account(last + 1, last + 1, 0, 0));
    assertThat(sink.gaps()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void shouldGoOnFromTheJournalWhereTheFeedHasLostItsArrears(boolean lapped) {
    OneLoopChannel test = restarted(SlowPolicy.DISCONNECT);
    test.publishBytes(40 * LINE.length());
    FakeSink sink = new FakeSink(10);
    Subscriber client = test.arrive(sink, new From.Last(40));
    int last = KEPT + 40;
    for (int i = 0; i < 2 * OneLoopChannel.WINDOW_BYTES / LINE.length(); i++) {
      test.publish(lapped ? null : client, LINE);
      last++;
    }
    sink.makeRoom(Long.MAX_VALUE / 2, client);
    test.runAll();
    test.publish(null, "the last\n");

    assertThat(sink.gaps()).isEmpty();
    assertThat(sink.received())
        .isEqualTo(
            Lines.numbered(LINE, KEPT + 1, lapped ? last : KEPT + 40)
                + Lines.numbered("the last\n", last + 1, last + 1));
    assertThat(client.account().balances()).isTrue();
    assertThat(client.account().pending()).isZero();
  }

  @Test
  void shouldNotHearItsOwnLinesOfBeforeOrOfMeanwhile() {
    OneLoopChannel test = restarted(SlowPolicy.DISCONNECT);
    FakeHolder earlier = new FakeHolder();
    Arrival before = test.arrive(new FakeSink(), wish(new From.New()), earlier);
    for (int i = 1; i <= 3; i++) {
      publish(test, before, earlier, i);
      test.publish(null, "other " + i + "\n");
    }
    test.publishBytes(2 * OneLoopChannel.WINDOW_BYTES);
    FakeSink sink = new FakeSink();
    FakeHolder now = new FakeHolder();
    Arrival arrival = test.arrive(sink, wish(new From.Line(KEPT)), now);
    int last = KEPT + 6 + 2 * OneLoopChannel.WINDOW_BYTES / LINE.length();
    for (int i = 4; i <= 60; i++) {
      publish(test, arrival, now, i);
      test.publish(null, LINE);
    }
    test.runAll();
    test.publish(null, "the last\n");

    StringBuilder expected = new StringBuilder(heard(KEPT, KEPT));
    for (int i = 1; i <= 3; i++) {
      expected.append("LINE " + (KEPT + 2 * i) + " other " + i + "\n");
    }
    expected.append(Lines.numbered(LINE, KEPT + 7, last));
    for (int i = 4; i <= 60; i++) {
      last += 2;
      expected.append(Lines.numbered(LINE, last, last));
    }
    expected.append("LINE " + (last + 1) + " the last\n");
    assertThat(sink.received()).isEqualTo(expected.toString());
    Account account = arrival.subscriber().orElseThrow().account();
    assertThat(account.pending()).isZero();
    assertThat(account.balances()).isTrue();
  }

  @Test
  void shouldHearAsManyAsItWantsAndEnd() {
    OneLoopChannel test = restarted(SlowPolicy.DISCONNECT);
    FakeSink sink = new FakeSink();
    Arrival.Wish wish =
        new Arrival.Wish(
            new From.Line(4_000), Optional.empty(), Optional.empty(), BasicEncoding.PLAIN, 200);
    Subscriber client = test.arrive(sink, wish, new FakeHolder()).subscriber().orElseThrow();
    test.publishBytes(2 * OneLoopChannel.WINDOW_BYTES);
    test.runAll();

    StringBuilder expected = new StringBuilder();
    for (int i = 4_000; i < 4_200; i++) {
      expected.append(text(i));
    }
    assertThat(sink.received()).isEqualTo(expected.toString());
    assertThat(sink.finished()).isEqualTo(CloseReason.FINISHED);
    assertThat(client.account()).isEqualTo(new Account(200, 200, 0, 0));
  }

  @Test
  void shouldFinishOnceItHasHeardAllThatWasAcceptedUpToThen() {
    OneLoopChannel test = restarted(SlowPolicy.DISCONNECT);
    FakeSink sink = new FakeSink();
    Subscriber client = test.arrive(sink, new From.Oldest());
    test.publish(null, text(KEPT + 1));
    test.channel().finish(client, CloseReason.FINISHED);
    test.publishBytes(2 * OneLoopChannel.WINDOW_BYTES);
    assertThat(sink.finished()).isNull();
    test.runAll();

    assertThat(sink.received()).isEqualTo(heard(1, KEPT + 1));
    assertThat(sink.finished()).isEqualTo(CloseReason.FINISHED);
  }

  @Test
  void shouldOweAFullSocketOneLineAndHoldNothing() {
    OneLoopChannel test = restarted(SlowPolicy.DISCONNECT);
    FakeSink sink = new FakeSink(heard(1, 1_000).length() + 3L);
    Subscriber client = test.arrive(sink, new From.Oldest());
    test.runAll();

    assertThat(sink.received()).isEqualTo(heard(1, 1_000) + "LIN");
    assertThat(sink.owed()).isEqualTo(heard(1_001, 1_001).substring(3));
    assertThat(client.account()).isEqualTo(new Account(KEPT, 1_000, 0, KEPT - 1_000));
    assertThat(client.writtenLine()).isEqualTo(KEPT); // nobody waits for what was before it came

    sink.makeRoom(Long.MAX_VALUE / 2, client);
    test.runAll();
    assertThat(sink.received()).isEqualTo(heard(1, KEPT));
  }

  @Test
  void shouldBeWaitedForInWhatIsAcceptedWhileItCatchesUp() {
    OneLoopChannel test = restarted(SlowPolicy.DISCONNECT);
    FakeSink sink = new FakeSink(100);
    Subscriber client = test.arrive(sink, new From.Oldest());
    test.publishBytes(2 * OneLoopChannel.WINDOW_BYTES);
    test.runAll();
    assertThat(client.writtenLine()).isEqualTo(KEPT);

    sink.makeRoom(Long.MAX_VALUE / 2, client);
    test.runAll();
    assertThat(client.writtenLine()).isEqualTo(test.channel().feed().head().line());
  }

  private static Arrival.Wish wish(From from) {
    return new Arrival.Wish(from, Optional.empty(), Optional.of("ann"));
  }

  private static void publish(OneLoopChannel test, Arrival client, FakeHolder holder, long number) {
    Batch batch = Lines.from(client.subscriber().orElseThrow(), "number " + number + "\n");
    assertThat(test.channel().publish(batch, new long[] {number}, client.publisher(), holder))
        .matches(Receipt::isAccepted);
    test.runLoops();
  }
}
