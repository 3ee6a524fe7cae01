package io.linecast.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Who hears which lines of a channel. */
class LineChannelTest {

  private final OneLoopChannel test = new OneLoopChannel(SlowPolicy.DISCONNECT);

  @Test
  void shouldSendALineToEverybodyButItsSender() {
    FakeSink sender = new FakeSink();
    FakeSink other = new FakeSink();
    FakeSink another = new FakeSink();
    Subscriber origin = test.join(sender, 0);
    test.join(other, 0);
    test.join(another, 0);

    test.publish(origin, "hello\n");

    assertThat(sender.received()).isEmpty();
    assertThat(other.received()).isEqualTo("hello\n");
    assertThat(another.received()).isEqualTo("hello\n");
  }

  @Test
  void shouldLetASenderHearTheOthersAroundItsOwnLines() {
    FakeSink sink = new FakeSink();
    Subscriber origin = test.join(sink, 0);

    test.channel().publish(Lines.fromNobody("1\n"));
    test.channel().publish(Lines.from(origin, "own\n"));
    test.channel().publish(Lines.fromNobody("2\n"));
    test.channel().publish(Lines.from(origin, "own\nown\n"));
    test.channel().publish(Lines.from(origin, "own\n"));
    test.channel().publish(Lines.fromNobody("3\n"));
    test.runLoops();

    assertThat(sink.received()).isEqualTo("1\n2\n3\n");
  }

  @Test
  void shouldLetAClientHearNothingThatWasAcceptedBeforeItJoined() {
    test.publish(null, "before\n");
    FakeSink sink = new FakeSink();
    test.join(sink, 0);
    test.publish(null, "after\n");

    assertThat(sink.received()).isEqualTo("after\n");
  }

  @Test
  void shouldSendTheLastLinesFirstToWhoAsksForHistory() {
    test.publish(null, "1\n2\n3\n");
    FakeSink sink = new FakeSink();
    test.join(sink, 2);
    test.publish(null, "4\n");

    assertThat(sink.received()).isEqualTo("2\n3\n4\n");
  }

  @Test
  void shouldSendAllThereIsToWhoAsksForMoreHistory() {
    test.publish(null, "1\n2\n3\n");
    FakeSink sink = new FakeSink();
    test.join(sink, 100);

    assertThat(sink.received()).isEqualTo("1\n2\n3\n");
  }

  @Test
  void shouldNotCallANewcomerLateForTheHistoryItAsksFor() {
    test.publishBytes(3 * OneLoopChannel.WINDOW_BYTES);
    FakeSink sink = new FakeSink();
    test.join(sink, Long.MAX_VALUE);

    assertThat(sink.closed()).isNull();
    assertThat(sink.received().length())
        .isBetween(OneLoopChannel.WINDOW_BYTES / 4, OneLoopChannel.WINDOW_BYTES / 2);
  }

  /** The index of line starts is sparse: looking one up must not lengthen a history. */
  @Test
  void shouldNeverSendMoreHistoryThanWasAskedFor() {
    test.publishBytes(3 * OneLoopChannel.WINDOW_BYTES);
    for (long history = 10; history < 70; history++) {
      FakeSink sink = new FakeSink();
      test.join(sink, history);

      assertThat((long) Lines.count(sink.received())).isLessThanOrEqualTo(history);
    }
  }

  @Test
  void shouldFinishAClientOnceItHasAllThatWasAcceptedUpToThen() {
    FakeSink sink = new FakeSink();
    Subscriber subscriber = test.join(sink, 0);
    test.channel().publish(Lines.fromNobody("before\n"));

    test.channel().finish(subscriber, CloseReason.FINISHED);
    test.publish(null, "after\n");

    assertThat(sink.received()).isEqualTo("before\n");
    assertThat(sink.finished()).isEqualTo(CloseReason.FINISHED);
  }

  @Test
  void shouldAcceptNothingFromWhoIsFinishing() {
    Subscriber subscriber = test.join(new FakeSink(), 0);
    test.channel().finish(subscriber, CloseReason.TOO_LONG);

    assertThat(test.channel().publish(Lines.from(subscriber, "more\n")).isAccepted()).isFalse();
    assertThat(test.counter(Counter.ACCEPTED_LINES)).isZero();
  }

  @Test
  void shouldAcceptNothingOnceItIsToldToStop() {
    test.channel().stopAccepting();

    assertThat(test.channel().publish(Lines.fromNobody("late\n")).isAccepted()).isFalse();
  }

  @Test
  void shouldStillSendWhatWasAcceptedBeforeItWasToldToStop() {
    FakeSink sink = new FakeSink();
    test.join(sink, 0);
    test.channel().publish(Lines.fromNobody("in time\n"));
    test.channel().stopAccepting();
    test.runLoops();

    assertThat(sink.received()).isEqualTo("in time\n");
  }

  @Test
  void shouldFinishWhoJoinsAfterItWasToldToStop() {
    test.publish(null, "1\n2\n");
    test.channel().stopAccepting();
    FakeSink sink = new FakeSink();
    test.join(sink, 1);

    assertThat(sink.received()).isEqualTo("2\n");
    assertThat(sink.finished()).isEqualTo(CloseReason.SHUTTING_DOWN);
  }

  @Test
  void shouldLetObserversHearWithoutCountingThem() {
    FakeSink sink = new FakeSink();
    Subscriber observer = test.channel().observe(0, sink);
    test.publish(null, "hello\n");
    test.runLoops();
    test.channel().leave(observer);

    assertThat(sink.received()).isEqualTo("hello\n");
    assertThat(test.counter(Counter.ELIGIBLE)).isZero();
    assertThat(test.counter(Counter.DELIVERED_TO_DEPARTED)).isZero();
  }
}
