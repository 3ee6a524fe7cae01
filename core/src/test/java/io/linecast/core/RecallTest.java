package io.linecast.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.linecast.protocol.From;
import io.linecast.protocol.GapReason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client hears of lines that the journal has and the feed has no more. */
class RecallTest {

  private static final String LINE = Lines.ofLength(OneLoopChannel.LARGEST_RUN_BYTES);
  private static final int KEPT = 10_000;

  private final FakeHistory history = new FakeHistory();

  private OneLoopChannel restarted(SlowPolicy policy) {
    for (int i = 1; i <= KEPT; i++) {
      history.add(text(i));
    }
    return new OneLoopChannel(policy, new KeepingJournal(history), Archive.DEFAULT_BYTES);
  }

  private static String text(int line) {
    return "text of " + line + "\n";
  }

  private static String heard(int first, int last) {
    StringBuilder text = new StringBuilder();
    for (int i = first; i <= last; i++) {
      text.append("LINE ").append(i).append(' ').append(text(i));
    }
    return text.toString();
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

  @Test
  void shouldSayWhatHasExpiredMeanwhile() {
    OneLoopChannel test = restarted(SlowPolicy.DISCONNECT);
    FakeSink sink = new FakeSink(1);
    Subscriber client = test.arrive(sink, new From.Oldest());
    test.runAll();
    history.expireBefore(6_001);
    sink.makeRoom(Long.MAX_VALUE / 2, client);
    test.runAll();

    int chunk = 4_096 * 2; // the one at hand, and the one read ahead, are still there
    assertThat(sink.gaps()).isEmpty();
    assertThat(sink.received()).isEqualTo(heard(1, KEPT)).hasSizeGreaterThan(chunk);
  }

  @Test
  void shouldSayWhatHasExpiredBeforeItWasRead() {
    OneLoopChannel test = restarted(SlowPolicy.DISCONNECT);
    FakeSink sink = new FakeSink();
    Subscriber client = test.arrive(sink, new From.Oldest());
    history.expireBefore(6_001);
    test.runAll();

    assertThat(sink.gaps()).containsExactly("1-4096", "4097-6000");
    assertThat(sink.gapReasons()).containsExactly(GapReason.EXPIRED);
    assertThat(sink.received()).isEqualTo(heard(6_001, KEPT));
    assertThat(client.account()).isEqualTo(new Account(KEPT, KEPT - 6_000, 6_000, 0));
  }

  @Test
  void shouldWaitWhileTheJournalCannotBeRead() {
    OneLoopChannel test = restarted(SlowPolicy.DISCONNECT);
    FakeSink sink = new FakeSink();
    test.arrive(sink, new From.Oldest());
    history.fail(2);
    test.runAll();
    assertThat(sink.received()).isEmpty();
    assertThat(test.loop().isIdle()).isTrue();
    for (int i = 0; i < 2; i++) {
      test.readers().passTime();
      test.runAll();
    }

    assertThat(sink.received()).isEqualTo(heard(1, KEPT));
  }

  @Test
  void shouldCloseAClientWhoseLinesCannotBeReadForGood() {
    OneLoopChannel test = restarted(SlowPolicy.DISCONNECT);
    FakeSink sink = new FakeSink();
    Subscriber client = test.arrive(sink, new From.Oldest());
    history.fail(Integer.MAX_VALUE);
    for (int i = 0; i <= Reading.ATTEMPTS; i++) {
      test.runAll();
      test.readers().passTime();
    }

    assertThat(sink.closed()).isEqualTo(CloseReason.JOURNAL);
    assertThat(client.isRetired()).isTrue();
    assertThat(sink.received()).isEmpty();
  }

  @Test
  void shouldWaitAsLongAsTheJournalKnowsThatItIsInTrouble() {
    for (int i = 1; i <= KEPT; i++) {
      history.add(text(i));
    }
    KeepingJournal journal = new KeepingJournal(history);
    OneLoopChannel test = new OneLoopChannel(SlowPolicy.DISCONNECT, journal, 1 << 20);
    FakeSink sink = new FakeSink();
    test.arrive(sink, new From.Oldest());
    journal.setWorking(false);
    history.fail(4 * Reading.ATTEMPTS);
    for (int i = 0; i < 5 * Reading.ATTEMPTS; i++) {
      test.runAll();
      test.readers().passTime();
    }

    assertThat(sink.closed()).isNull();
    assertThat(sink.received()).isEqualTo(heard(1, KEPT));
  }

  @Test
  void shouldReadForManyWhatItReadsForOne() {
    OneLoopChannel test = restarted(SlowPolicy.DISCONNECT);
    int before = history.reads();
    List<FakeSink> sinks = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      FakeSink sink = new FakeSink();
      sinks.add(sink);
      test.arrive(sink, new From.Line(1 + 13L * i));
    }
    test.runAll();

    for (int i = 0; i < 100; i++) {
      assertThat(sinks.get(i).received()).isEqualTo(heard(1 + 13 * i, KEPT));
    }
    assertThat(history.reads() - before).isLessThanOrEqualTo(1 + KEPT / Shelf.LINES);
  }

  @Test
  void shouldKeepWithinItsMemoryHoweverManyThereAre() {
    for (int i = 1; i <= KEPT; i++) {
      history.add(text(i));
    }
    int most = 256 * 1024;
    OneLoopChannel test =
        new OneLoopChannel(SlowPolicy.DISCONNECT, new KeepingJournal(history), most);
    List<FakeSink> sinks = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      FakeSink sink = new FakeSink();
      sinks.add(sink);
      test.arrive(sink, new From.Line(1 + i * 480L));
    }
    do {
      test.runLoops();
      assertThat(test.archive().takenBytes()).isLessThan(most + 3 * 160 * 1024);
    } while (test.readers().runOne());

    for (int i = 0; i < 20; i++) {
      assertThat(sinks.get(i).received()).isEqualTo(heard(1 + i * 480, KEPT));
    }
  }

  @Test
  void shouldHoldNothingForAClientThatHasLeft() {
    for (int i = 1; i <= KEPT; i++) {
      history.add(text(i));
    }
    OneLoopChannel test = new OneLoopChannel(SlowPolicy.DISCONNECT, new KeepingJournal(history), 1);
    Subscriber client = test.arrive(new FakeSink(), new From.Oldest());
    test.channel().leave(client);
    test.runAll();
    FakeSink other = new FakeSink();
    test.arrive(other, new From.Line(2));
    test.runAll();

    assertThat(other.received()).as("read once there is room again").isEqualTo(heard(2, KEPT));
  }

  @Test
  void shouldFindTheLineOfATime() {
    OneLoopChannel test = restarted(SlowPolicy.DISCONNECT);
    List<From> found = new ArrayList<>();
    for (long second : new long[] {0, 17, KEPT, KEPT + 1}) {
      test.channel()
          .find(
              new From.Since(Instant.ofEpochSecond(second)),
              test.loop(),
              found::add,
              refusal -> {
                throw refusal;
              });
    }
    assertThat(found).isEmpty();
    test.runAll();

    assertThat(found)
        .containsExactly(
            new From.Line(1), new From.Line(17), new From.Line(KEPT), new From.Line(KEPT + 1));
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
