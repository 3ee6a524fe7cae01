package io.linecast.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.linecast.protocol.From;
import org.junit.jupiter.api.Test;

/** What becomes of a client that does not keep up, and what is put down in its account. */
class LateClientTest {

  private final OneLoopChannel test = new OneLoopChannel(SlowPolicy.DISCONNECT);

  @Test
  void shouldOweTheRestOfALineToAFullSocket() {
    FakeSink sink = new FakeSink(3);
    test.join(sink, 0);
    test.publish(null, "hello\nworld\n");

    assertThat(sink.received()).isEqualTo("hel");
    assertThat(sink.owed()).isEqualTo("lo\n");
  }

  @Test
  void shouldOweAWholeLineToASocketThatIsFullBetweenTwo() {
    FakeSink sink = new FakeSink(6);
    test.join(sink, 0);
    test.publish(null, "hello\nworld\n");

    assertThat(sink.received()).isEqualTo("hello\n");
    assertThat(sink.owed()).isEqualTo("world\n");
  }

  @Test
  void shouldOweAllLinesThatCannotBeTakenBackFromItsSocket() {
    FakeSink sink = new FakeSink(3);
    sink.sealAtOnce("hello\nw".length());
    Subscriber subscriber = test.join(sink, 0);
    test.publish(null, "hello\nworld\nagain\n");

    assertThat(sink.received()).isEqualTo("hel");
    assertThat(sink.owed()).isEqualTo("lo\nworld\n");
    assertThat(subscriber.account().delivered()).isZero();
    assertThat(subscriber.writtenLine()).isZero();

    sink.makeRoom(100, subscriber);

    assertThat(sink.received()).isEqualTo("hello\nworld\nagain\n");
    assertThat(subscriber.account().delivered()).isEqualTo(3);
  }

  @Test
  void shouldOweNothingBehindTheLineWithWhichSealedBytesEnd() {
    FakeSink sink = new FakeSink(0);
    sink.sealAtOnce("hello\n".length());
    test.join(sink, 0);
    test.publish(null, "hello\nworld\n");

    assertThat(sink.owed()).isEqualTo("hello\n");
  }

  @Test
  void shouldGoOnBehindWhatItOwedWhenThereIsRoom() {
    FakeSink sink = new FakeSink(3);
    Subscriber subscriber = test.join(sink, 0);
    test.publish(null, "hello\nworld\n");
    assertThat(subscriber.isLagging()).isTrue();

    sink.makeRoom(100, subscriber);

    assertThat(sink.received()).isEqualTo("hello\nworld\n");
    assertThat(subscriber.isLagging()).isFalse();
    assertThat(test.counter(Counter.LAGGED)).isEqualTo(1);
    assertThat(test.counter(Counter.CAUGHT_UP)).isEqualTo(1);
  }

  @Test
  void shouldNotFinishAClientWhileItOwesItsSocketALine() {
    FakeSink sink = new FakeSink(3);
    Subscriber subscriber = test.join(sink, 0);
    test.publish(null, "hello\n");
    test.channel().finish(subscriber, CloseReason.FINISHED);
    assertThat(sink.finished()).isNull();

    sink.makeRoom(100, subscriber);

    assertThat(sink.received()).isEqualTo("hello\n");
    assertThat(sink.finished()).isEqualTo(CloseReason.FINISHED);
  }

  @Test
  void shouldFinishASlowClientHoweverFarTheOthersAreByThen() {
    FakeSink sink = new FakeSink(3);
    Subscriber subscriber = test.join(sink, 0);
    test.publish(null, "hello\n");
    test.channel().finish(subscriber, CloseReason.FINISHED);
    test.publishBytes(3 * OneLoopChannel.WINDOW_BYTES);

    sink.makeRoom(100, subscriber);

    assertThat(sink.closed()).isNull();
    assertThat(sink.finished()).isEqualTo(CloseReason.FINISHED);
  }

  @Test
  void shouldDisconnectWhoIsAWholeWindowBehind() {
    FakeSink slow = new FakeSink(0);
    FakeSink healthy = new FakeSink();
    test.join(slow, 0);
    test.join(healthy, 0);
    test.publishBytes(2 * OneLoopChannel.WINDOW_BYTES);

    assertThat(slow.closed()).isEqualTo(CloseReason.SLOW);
    assertThat(healthy.closed()).isNull();
    assertThat(test.counter(Counter.LAPPED)).isEqualTo(1);
  }

  @Test
  void shouldCallNobodyLateForLinesOfItsOwn() {
    FakeSink sink = new FakeSink(3);
    Subscriber subscriber = test.join(sink, 0);
    test.publish(null, "hello\n");
    for (int i = 0; i < 2 * OneLoopChannel.WINDOW_BYTES / 100; i++) {
      test.publish(subscriber, Lines.ofLength(100));
    }

    assertThat(sink.closed()).isNull();
    assertThat(subscriber.lagBytes()).isZero();
  }

  @Test
  void shouldSaySkippedLinesToWhoIsAWholeWindowBehind() {
    OneLoopChannel skipping = new OneLoopChannel(SlowPolicy.SKIP);
    FakeSink sink = new FakeSink(0);
    Subscriber subscriber = skipping.join(sink, 0);
    skipping.publishBytes(OneLoopChannel.WINDOW_BYTES + 4 * 1024);

    Account account = subscriber.account();
    assertThat(sink.closed()).isNull();
    assertThat(sink.gaps()).containsExactly("2-" + (1 + account.skipped()));
    assertThat(account.skipped()).isPositive();
    assertThat(account.balances()).isTrue();
  }

  /** Senders that do not wait though they are told to are a fault; it must not cost the loop. */
  @Test
  void shouldTellWhoLostLinesEvenWhereSendersWait() {
    OneLoopChannel stalling = new OneLoopChannel(SlowPolicy.STALL);
    FakeSink sink = new FakeSink(0);
    Subscriber subscriber = stalling.arrive(sink, new From.New());
    stalling.publishBytes(2 * OneLoopChannel.WINDOW_BYTES);

    sink.makeRoom(Long.MAX_VALUE / 2, subscriber);
    stalling.runLoops();

    Account account = subscriber.account();
    assertThat(sink.gaps()).containsExactly("2-" + (1 + account.skipped()));
    assertThat(account.skipped()).isPositive();
    assertThat(account.pending()).isZero();
    assertThat(account.balances()).isTrue();
    assertThat(stalling.channel().holdsSenders()).isFalse();
  }

  @Test
  void shouldDisconnectWhoLostLinesAndCannotBeToldEvenWhereSendersWait() {
    OneLoopChannel stalling = new OneLoopChannel(SlowPolicy.STALL);
    FakeSink sink = new FakeSink(0);
    Subscriber subscriber = stalling.join(sink, 0);
    stalling.publishBytes(2 * OneLoopChannel.WINDOW_BYTES);

    sink.makeRoom(Long.MAX_VALUE / 2, subscriber);
    stalling.runLoops();

    assertThat(sink.closed()).isEqualTo(CloseReason.SLOW);
    assertThat(stalling.channel().holdsSenders()).isFalse();
  }

  @Test
  void shouldNotLetAClientThatSkipsHearItsOwnLines() {
    OneLoopChannel skipping = new OneLoopChannel(SlowPolicy.SKIP);
    FakeSink sink = new FakeSink(0);
    Subscriber subscriber = skipping.join(sink, 0);
    skipping.publish(null, "other\n");
    for (int i = 0; i < 2 * OneLoopChannel.WINDOW_BYTES / 64; i++) {
      skipping.publish(subscriber, Lines.ofLength(64));
    }
    skipping.publish(null, "another\n");

    sink.makeRoom(Long.MAX_VALUE, subscriber);

    assertThat(sink.received()).isEqualTo("other\nanother\n");
    assertThat(subscriber.account()).isEqualTo(new Account(2, 2, 0, 0));
  }

  @Test
  void shouldAccountForEveryLineOfAClient() {
    FakeSink sink = new FakeSink(8);
    Subscriber subscriber = test.join(sink, 0);
    test.publish(subscriber, "own\n");
    test.publish(null, "hello\nworld\n");

    assertThat(subscriber.account()).isEqualTo(new Account(2, 1, 0, 1));
  }

  @Test
  void shouldCloseTheAccountOfWhoLeaves() {
    FakeSink sink = new FakeSink(8);
    Subscriber subscriber = test.join(sink, 0);
    test.publish(null, "hello\nworld\n");

    assertThat(test.channel().leave(subscriber)).isEqualTo(new Account(2, 1, 0, 1));
    assertThat(test.counter(Counter.ELIGIBLE)).isEqualTo(2);
    assertThat(test.counter(Counter.DELIVERED_TO_DEPARTED)).isEqualTo(1);
    assertThat(test.counter(Counter.LOST_WITH_DEPARTED)).isEqualTo(1);
  }

  @Test
  void shouldSendNothingToWhoHasLeft() {
    FakeSink sink = new FakeSink();
    test.channel().leave(test.join(sink, 0));
    test.publish(null, "hello\n");

    assertThat(sink.received()).isEmpty();
    assertThat(test.counter(Counter.ELIGIBLE)).isZero();
  }

  @Test
  void shouldAccountForWhoIsGoneInTheMiddleOfItsOwnLines() {
    FakeSink sink = new FakeSink();
    Subscriber subscriber = test.join(sink, 0);
    test.channel().publish(Lines.from(subscriber, "own\n"));
    test.channel().publish(Lines.fromNobody("other\n"));
    sink.goAway();
    test.runLoops();

    assertThat(test.channel().leave(subscriber)).isEqualTo(new Account(1, 0, 0, 1));
  }
}
