package io.linecast.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.linecast.protocol.From;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an acknowledged client hears of the lines accepted before it came. */
class ArrearsTest {

  private static final String LINE = Lines.ofLength(OneLoopChannel.LARGEST_RUN_BYTES);

  private final OneLoopChannel test = new OneLoopChannel(SlowPolicy.DISCONNECT);

  @Test
  void shouldHearTheLinesBeforeItAndThenThoseAfter() {
    test.publish(null, "a\nb\nc\n");
    FakeSink sink = new FakeSink();
    Subscriber client = test.arrive(sink, new From.Line(2));
    test.publish(null, "d\n");

    assertThat(sink.received()).isEqualTo("LINE 2 b\nLINE 3 c\nLINE 4 d\n");
    assertThat(client.account()).isEqualTo(new Account(3, 3, 0, 0));
    assertThat(test.counter(Counter.ELIGIBLE)).isEqualTo(3);
  }

  @Test
  void shouldHaveNoneIfItBeginsWithTheNextLine() {
    test.publish(null, "a\n");
    FakeSink sink = new FakeSink();
    Subscriber client = test.arrive(sink, new From.New());

    assertThat(sink.received()).isEmpty();
    assertThat(client.account()).isEqualTo(Account.NONE);
  }

  @Test
  void shouldReachBackAcrossSegments() {
    int lines = 3 * OneLoopChannel.WINDOW_BYTES / 4 / LINE.length();
    test.publishBytes(lines * LINE.length());
    FakeSink sink = new FakeSink();
    Subscriber client = test.arrive(sink, new From.Line(1));

    assertThat(sink.received()).isEqualTo(Lines.numbered(LINE, 1, lines));
    assertThat(client.account()).isEqualTo(new Account(lines, lines, 0, 0));
  }

  @Test
  void shouldKeepUpWithAsManyOwnRunsBehindItAsAPublisherMayHave() {
    int runs = RunBudget.LARGEST_SHARE;
    Head end = new Head(0, 2L * runs);
    long[] own = LongStream.rangeClosed(1, end.line()).toArray(); // every other line
    Arrears arrears = new Arrears(test.channel().feed(), Head.START, end, own);
    Cursor cursor = new Cursor(end);

    arrears.keepUp(cursor, new Head(100, end.line() + 1));

    assertThat(cursor.position()).isEqualTo(100);
    assertThat(arrears.lines()).isEqualTo(runs + 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"mmooo", "oomoo", "ooomm", "mommo", "mmmmm", "ooooo", "omomo", "moooom"})
  void shouldPassOverItsPublishersEarlierLinesWhereverTheyAre(String senders) {
    FakeHolder earlier = new FakeHolder();
    FakeSink first = new FakeSink();
    Arrival before = test.arrive(first, wish(new From.New()), earlier);
    for (int i = 0; i < senders.length(); i++) {
      if (senders.charAt(i) == 'm') {
        send(before, earlier, i + 1);
      } else {
        test.publish(null, "line " + (i + 1) + "\n");
      }
    }
    String others = first.received();
    test.channel().leave(before.subscriber().orElseThrow());

    FakeSink sink = new FakeSink();
    Arrival arrival = test.arrive(sink, wish(new From.Oldest()), new FakeHolder());

    assertThat(sink.received()).isEqualTo(others);
    long heard = Lines.count(others);
    assertThat(arrival.subscriber().orElseThrow().account())
        .isEqualTo(new Account(heard, heard, 0, 0));
  }

  @Test
  void shouldPassOverItsPublishersEarlierLinesFromTheMiddleOfThem() {
    FakeHolder earlier = new FakeHolder();
    Arrival before = test.arrive(new FakeSink(), wish(new From.New()), earlier);
    IntStream.rangeClosed(1, 5).forEach(number -> send(before, earlier, number));
    test.publish(null, "other\n");

    FakeSink sink = new FakeSink();
    test.arrive(sink, wish(new From.Line(3)), new FakeHolder());

    assertThat(sink.received()).isEqualTo("LINE 6 other\n");
  }

  @Test
  void shouldPassOverItsPublishersEarlierLinesAcrossSegments() {
    FakeHolder earlier = new FakeHolder();
    Arrival before = test.arrive(new FakeSink(), wish(new From.New()), earlier);
    test.publish(null, "first\n");
    for (int i = 1; i <= 24; i++) {
      publish(before, earlier, i, LINE);
    }
    test.publish(null, "last\n");

    FakeSink sink = new FakeSink();
    Arrival arrival = test.arrive(sink, wish(new From.Oldest()), new FakeHolder());

    assertThat(sink.received()).isEqualTo("LINE 1 first\nLINE 26 last\n");
    assertThat(arrival.subscriber().orElseThrow().account()).isEqualTo(new Account(2, 2, 0, 0));
  }

  @Test
  void shouldOweWhatTheSocketHasNoRoomFor() {
    test.publish(null, "a\nb\nc\n");
    FakeSink sink = new FakeSink(12);
    Subscriber client = test.arrive(sink, new From.Oldest());

    assertThat(sink.received()).isEqualTo("LINE 1 a\nLIN");
    assertThat(sink.owed()).isEqualTo("E 2 b\nLINE 3 c\n");
    assertThat(client.account()).isEqualTo(new Account(3, 1, 0, 2));
  }

  @Test
  void shouldGoOnBehindWhatItOwedWhenThereIsRoom() {
    test.publish(null, "a\nb\nc\n");
    FakeSink sink = new FakeSink(12);
    Subscriber client = test.arrive(sink, new From.Oldest());
    test.publish(null, "d\n");
    sink.makeRoom(1_000, client);

    assertThat(sink.received()).isEqualTo("LINE 1 a\nLINE 2 b\nLINE 3 c\nLINE 4 d\n");
    assertThat(client.account()).isEqualTo(new Account(4, 4, 0, 0));
  }

  @Test
  void shouldFinishAClientThatHasArrearsToHear() {
    test.publishBytes(40 * LINE.length());
    FakeSink sink = new FakeSink(100);
    Subscriber client = test.arrive(sink, new From.Oldest());
    test.channel().finish(client, CloseReason.FINISHED);
    test.runLoops();
    assertThat(sink.finished()).isNull();

    sink.makeRoom(Long.MAX_VALUE / 2, client);
    test.runLoops();

    assertThat(sink.received()).isEqualTo(Lines.numbered(LINE, 1, 40));
    assertThat(sink.finished()).isEqualTo(CloseReason.FINISHED);
  }

  @Test
  void shouldFinishAClientThatFinishesBeforeItsFirstVisit() {
    test.publish(null, "a\n");
    FakeSink sink = new FakeSink();
    Arrival.Wish wish = new Arrival.Wish(new From.Oldest(), Optional.empty(), Optional.empty());
    Arrival arrival = test.channel().arrive(wish, 0, Optional.of(sink), new FakeHolder());
    test.channel().finish(arrival.subscriber().orElseThrow(), CloseReason.FINISHED);
    test.runLoops();

    assertThat(sink.received()).isEqualTo("LINE 1 a\n");
    assertThat(sink.finished()).isEqualTo(CloseReason.FINISHED);
  }

  @Test
  void shouldCountWhatNeverReachedAClientThatIsGoneAsPending() {
    test.publish(null, "a\nb\n");
    FakeSink sink = new FakeSink();
    sink.goAway();
    Subscriber client = test.arrive(sink, new From.Oldest());

    assertThat(client.isRetired()).isTrue();
    assertThat(test.channel().leave(client)).isEqualTo(new Account(2, 0, 0, 2));
  }

  @Test
  void shouldBalanceForAClientThatLeavesInTheMiddleOfItsArrears() {
    test.publishBytes(60 * LINE.length());
    Account[] account = new Account[1];
    FakeSink[] sink = new FakeSink[1];
    Subscriber[] client = new Subscriber[1];
    int[] calls = new int[1];
    sink[0] =
        new FakeSink(
            Long.MAX_VALUE / 2,
            () -> {
              if (++calls[0] == 5) {
                sink[0].goAway();
                account[0] = test.channel().leave(client[0]);
              }
            });
    Arrival.Wish wish = new Arrival.Wish(new From.Oldest(), Optional.empty(), Optional.empty());
    Arrival arrival = test.channel().arrive(wish, 0, Optional.of(sink[0]), new FakeHolder());
    client[0] = arrival.subscriber().orElseThrow();
    test.runLoops();

    long given = Lines.count(sink[0].received());
    assertThat(account[0]).isEqualTo(new Account(60, given, 0, 60 - given));
    assertThat(calls[0]).isEqualTo(5);
  }

  private static Arrival.Wish wish(From from) {
    return new Arrival.Wish(from, Optional.empty(), Optional.of("ann"));
  }

  private void send(Arrival client, FakeHolder holder, long number) {
    publish(client, holder, number, "number " + number + "\n");
  }

  private void publish(Arrival client, FakeHolder holder, long number, String line) {
    Batch batch = Lines.from(client.subscriber().orElseThrow(), line);
    assertThat(test.channel().publish(batch, new long[] {number}, client.publisher(), holder))
        .matches(Receipt::isAccepted);
    test.runLoops();
  }
}
