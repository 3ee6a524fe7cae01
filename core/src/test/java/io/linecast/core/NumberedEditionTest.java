package io.linecast.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linecast.protocol.Code;
import io.linecast.protocol.From;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The edition for acknowledged listeners: when there is one, and what those who follow it hear. */
class NumberedEditionTest {

  private final OneLoopChannel test = new OneLoopChannel(SlowPolicy.DISCONNECT);

  @Test
  void shouldNotExistBeforeSomebodyAsksForIt() {
    test.join(new FakeSink(), 0);
    test.publish(null, "a\n");

    assertThat(test.channel().editions().all()).hasSize(1);
  }

  @Test
  void shouldHoldNothingBeforeItsFirstFollower() {
    test.publish(null, "a\nb\n");
    FakeSink sink = new FakeSink();
    test.arrive(sink, new From.New());
    test.publish(null, "c\n");

    assertThat(sink.received()).isEqualTo("LINE 3 c\n");
    assertThat(numbered().feed().lineStartNear(0).line()).isEqualTo(2);
  }

  @Test
  void shouldNotBeFilledWhileNobodyFollows() {
    test.channel().leave(test.arrive(new FakeSink(), new From.New()));
    long position = numbered().feed().head().position();
    test.publishBytes(3 * OneLoopChannel.WINDOW_BYTES);

    assertThat(numbered().isFollowed()).isFalse();
    assertThat(numbered().feed().head().position()).isEqualTo(position);
  }

  @Test
  void shouldBeginAnewWithTheRightNumbersWhenSomebodyComesAgain() {
    test.channel().leave(test.arrive(new FakeSink(), new From.New()));
    test.publish(null, "a\nb\n");
    FakeSink sink = new FakeSink();
    Subscriber client = test.arrive(sink, new From.New());
    test.publish(null, "c\n");

    assertThat(sink.received()).isEqualTo("LINE 3 c\n");
    assertThat(client.account()).isEqualTo(new Account(1, 1, 0, 0));
  }

  @Test
  void shouldHearWhatNobodyFollowedOnceItComes() {
    test.channel().leave(test.arrive(new FakeSink(), new From.New()));
    test.publish(null, "a\nb\n");
    FakeSink sink = new FakeSink();
    test.arrive(sink, new From.Line(2));
    test.publish(null, "c\n");

    assertThat(sink.received()).isEqualTo("LINE 2 b\nLINE 3 c\n");
  }

  @Test
  void shouldGoOnWhileOneOfTwoFollows() {
    FakeSink sink = new FakeSink();
    Subscriber first = test.arrive(new FakeSink(), new From.New());
    test.arrive(sink, new From.New());
    test.publish(null, "a\n");
    test.channel().leave(first);
    test.publish(null, "b\n");

    assertThat(sink.received()).isEqualTo("LINE 1 a\nLINE 2 b\n");
  }

  @Test
  void shouldGiveTheMemoryOfABeginningBack() {
    for (int i = 0; i < 100; i++) {
      test.channel().leave(test.arrive(new FakeSink(), new From.New()));
      test.publish(null, "a\n");
    }

    assertThat(test.numberedMemoryBytes()).isEqualTo(numbered().feed().keptBytes());
    test.channel().close();
    assertThat(test.numberedMemoryBytes()).isZero();
  }

  @Test
  void shouldNotHearWhatItSendsItself() {
    FakeSink plain = new FakeSink();
    test.join(plain, 0);
    FakeSink sink = new FakeSink();
    Subscriber client = test.arrive(sink, new From.New());
    test.publish(client, "mine\n");
    test.publish(null, "other\n");

    assertThat(sink.received()).isEqualTo("LINE 2 other\n");
    assertThat(plain.received()).isEqualTo("mine\nother\n");
  }

  @Test
  void shouldSayToHowManyOthersALineGoes() {
    test.join(new FakeSink(), 0);
    Subscriber client = test.arrive(new FakeSink(), new From.New());
    test.arrive(new FakeSink(), new From.New());

    assertThat(test.channel().publish(Lines.from(client, "a\n"))).isEqualTo(new Receipt(1, 2));
    assertThat(test.channel().publish(Lines.fromNobody("b\n"))).isEqualTo(new Receipt(2, 3));
  }

  @Test
  void shouldSkipEvenWherePlainClientsAreDisconnected() {
    FakeSink sink = new FakeSink(0);
    Subscriber client = test.arrive(sink, new From.New());
    test.publishBytes(OneLoopChannel.WINDOW_BYTES + 8 * 1024);

    assertThat(sink.closed()).isNull();
    assertThat(sink.gaps()).containsExactly("2-" + (1 + client.account().skipped()));
  }

  @Test
  void shouldHearLinesOfTheGreatestLength() {
    FakeSink sink = new FakeSink();
    test.arrive(sink, new From.New());
    String longest = Lines.ofLength(OneLoopChannel.LARGEST_RUN_BYTES);
    test.publish(null, longest);

    assertThat(sink.received()).isEqualTo("LINE 1 " + longest);
  }

  @Test
  void shouldAcceptNumberedLinesOfWhoHoldsThePublisherOnly() {
    FakeHolder older = new FakeHolder();
    FakeHolder newer = new FakeHolder();
    FakeSink hearing = new FakeSink();
    Arrival old = test.arrive(hearing, wish("ann"), older);
    Arrival now = test.arrive(new FakeSink(), wish("ann"), newer);
    Batch late = Lines.from(old.subscriber().orElseThrow(), "late\n");
    Batch again = Lines.from(now.subscriber().orElseThrow(), "again\n");

    assertThat(test.channel().publish(late, new long[] {1}, old.publisher(), older))
        .isSameAs(Receipt.REFUSED);
    assertThat(test.channel().publish(again, new long[] {1}, now.publisher(), newer))
        .as("the older connection hears nothing of its own sender")
        .isEqualTo(new Receipt(1, 0));
    test.runLoops();
    assertThat(hearing.received()).isEmpty();
    assertThat(now.publisher().highest()).isEqualTo(1);
    assertThat(older.timesSuperseded()).isEqualTo(1);
  }

  @Test
  void shouldAcceptNoNumberedLineOfWhoIsFinishing() {
    FakeSink sink = new FakeSink(0);
    FakeHolder holder = new FakeHolder();
    Arrival arrival = test.arrive(sink, wish("ann"), holder);
    Subscriber client = arrival.subscriber().orElseThrow();
    test.publish(null, "a\n");
    test.channel().finish(client, CloseReason.FINISHED);

    assertThat(
            test.channel()
                .publish(Lines.from(client, "b\n"), new long[] {1}, arrival.publisher(), holder))
        .isSameAs(Receipt.REFUSED);
    assertThat(client.account()).isEqualTo(new Account(1, 0, 0, 1));
  }

  @Test
  void shouldLeaveThePublisherToItsConnectionWhereANewerOneIsRefused() {
    FakeHolder holder = new FakeHolder();
    Arrival arrival = test.arrive(new FakeSink(), wish("ann"), holder);
    Arrival.Wish impossible =
        new Arrival.Wish(new From.Line(7), Optional.empty(), Optional.of("ann"));

    assertThatThrownBy(() -> test.arrive(new FakeSink(), impossible, new FakeHolder()))
        .isInstanceOf(RefusedException.class);
    assertThat(arrival.publisher().isHeldBy(holder)).isTrue();
    assertThat(test.counter(Counter.ELIGIBLE)).isZero();
  }

  @Test
  void shouldLeaveThePublisherToItsConnectionWhereThereIsNoMemoryForANewerOne() {
    FakeHolder holder = new FakeHolder();
    Publisher ann = test.channel().arrive(wish("ann"), 0, Optional.empty(), holder).publisher();
    test.memory().setRefusing(true);
    FakeHolder newer = new FakeHolder();

    assertThatThrownBy(() -> test.arrive(new FakeSink(), wish("ann"), newer))
        .isInstanceOf(UncheckedIOException.class);
    assertThat(ann.isHeldBy(holder)).isTrue();
    assertThat(holder.timesSuperseded()).isZero();

    test.memory().setRefusing(false);
    test.arrive(new FakeSink(), wish("ann"), newer);
    assertThat(ann.isHeldBy(newer)).isTrue();
  }

  @Test
  void shouldAcceptNothingWhereOneEditionHasNoMemoryForIt() {
    FakeSink plain = new FakeSink();
    test.join(plain, 0);
    FakeSink sink = new FakeSink();
    test.arrive(sink, new From.New());
    String line = Lines.ofLength(OneLoopChannel.LARGEST_RUN_BYTES);
    // A plain segment has four such lines, a numbered one three.
    test.publishBytes(3 * line.length());
    test.memory().sibling().orElseThrow().setRefusing(true);

    assertThatThrownBy(() -> test.publish(null, line)).isInstanceOf(UncheckedIOException.class);
    test.runLoops();
    assertThat(plain.received()).isEqualTo(line.repeat(3));

    test.memory().sibling().orElseThrow().setRefusing(false);
    assertThat(test.channel().publish(Lines.fromNobody(line))).isEqualTo(new Receipt(4, 2));
    test.runLoops();
    assertThat(plain.received()).isEqualTo(line.repeat(4));
    assertThat(sink.received()).isEqualTo(Lines.numbered(line, 1, 4));
  }

  @Test
  void shouldLetNobodyInOnceItAcceptsNothing() {
    test.channel().stopAccepting();

    assertThatThrownBy(() -> test.arrive(new FakeSink(), wish("ann"), new FakeHolder()))
        .isInstanceOfSatisfying(
            RefusedException.class, e -> assertThat(e.code()).isEqualTo(Code.SHUTTING_DOWN));
  }

  @Test
  void shouldLetSomebodyInWhoDoesNotListen() {
    test.publish(null, "a\n");
    Arrival arrival = test.channel().arrive(wish("ann"), 0, Optional.empty(), new FakeHolder());

    assertThat(arrival.subscriber()).isEmpty();
    assertThat(arrival.next()).isEqualTo(2);
    assertThat(arrival.oldest()).isEqualTo(1);
    assertThat(test.channel().editions().all()).hasSize(1);
  }

  private static Arrival.Wish wish(String publisher) {
    return new Arrival.Wish(new From.New(), Optional.empty(), Optional.of(publisher));
  }

  private Edition numbered() {
    return test.channel().editions().all().getLast();
  }
}
