package io.linecast.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.linecast.protocol.From;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Listeners in an encoding that is neither of the line ports' own. */
class EditionsTest {

  private static final long NO_LIMIT = Long.MAX_VALUE;

  private final OneLoopChannel test = new OneLoopChannel(SlowPolicy.DISCONNECT);

  @Test
  void shouldEncodeOnceForAllWhoseEncodingIsEqual() {
    FakeSink one = new FakeSink();
    FakeSink other = new FakeSink();
    Subscriber first = arrive(one, "counted", new From.New(), NO_LIMIT);
    Subscriber second = arrive(other, "counted", new From.New(), NO_LIMIT);
    test.publish(null, "ab\n\n");

    assertThat(one.received()).isEqualTo("caba");
    assertThat(other.received()).isEqualTo("caba");
    assertThat(first.sweep()).isSameAs(second.sweep());
    assertThat(test.channel().editions().all()).hasSize(2);
  }

  @Test
  void shouldHaveAnEditionForEachEncoding() {
    FakeSink plain = new FakeSink();
    FakeSink numbered = new FakeSink();
    FakeSink counted = new FakeSink();
    Subscriber sender = test.join(plain, 0);
    test.arrive(numbered, new From.New());
    arrive(counted, "counted", new From.New(), NO_LIMIT);
    arrive(new FakeSink(), "another", new From.New(), NO_LIMIT);
    test.publish(sender, "x\n");
    test.publish(null, "yz\n");

    assertThat(plain.received()).isEqualTo("yz\n");
    assertThat(numbered.received()).isEqualTo("LINE 1 x\nLINE 2 yz\n");
    assertThat(counted.received()).isEqualTo("bxcyz");
    assertThat(test.channel().editions().all()).hasSize(4);
  }

  @Test
  void shouldHearPlainLinesFromAnyPlaceInTheEditionThatIsThereAnyway() {
    test.publish(null, "a\nb\n");
    FakeSink sink = new FakeSink();
    Arrival.Wish wish = wish(BasicEncoding.PLAIN, new From.Line(2), NO_LIMIT);
    Arrival arrival = test.arrive(sink, wish, new FakeHolder());
    test.publish(null, "c\n");

    assertThat(sink.received()).isEqualTo("b\nc\n");
    assertThat(arrival.lineBefore()).isEqualTo(1);
    assertThat(test.channel().editions().all()).hasSize(1);
  }

  @Test
  void shouldHearLinesFromBeforeItCame() {
    test.publish(null, "a\n\nbc\n");
    FakeSink sink = new FakeSink();
    Subscriber client = arrive(sink, "counted", new From.Line(2), NO_LIMIT);
    test.publish(null, "d\n");

    assertThat(sink.received()).isEqualTo("acbcbd");
    assertThat(client.account()).isEqualTo(new Account(3, 3, 0, 0));
  }

  @Test
  void shouldOweTheEndOfALine() {
    FakeSink sink = new FakeSink(8);
    Subscriber client = arrive(sink, "counted", new From.New(), NO_LIMIT);
    test.publish(null, "hello\nworld\nx\n");

    assertThat(sink.received()).isEqualTo("fhellofw");
    assertThat(sink.owed()).isEqualTo("orld");
    assertThat(client.account()).isEqualTo(new Account(3, 1, 0, 2));

    sink.makeRoom(100, client);
    assertThat(sink.received()).isEqualTo("fhellofworldbx");
    assertThat(client.account()).isEqualTo(new Account(3, 3, 0, 0));
  }

  @Test
  void shouldOweTheWholeLineThatComesNext() {
    FakeSink sink = new FakeSink(6);
    Subscriber client = arrive(sink, "counted", new From.New(), NO_LIMIT);
    test.publish(null, "hello\nworld\nx\n");

    assertThat(sink.owed()).isEqualTo("fworld");
    assertThat(client.account()).isEqualTo(new Account(3, 1, 0, 2));
  }

  @Test
  void shouldKnowWhichLinesFromBeforeItCameAreOwed() {
    test.publish(null, "hello\nworld\nx\n");
    FakeSink sink = new FakeSink(8);
    Subscriber client = arrive(sink, "counted", new From.Oldest(), NO_LIMIT);

    assertThat(client.account()).isEqualTo(new Account(3, 1, 0, 2));

    sink.makeRoom(100, client);
    assertThat(client.account()).isEqualTo(new Account(3, 3, 0, 0));
  }

  @Test
  void shouldSkipWhereALateListenerCanBeTold() {
    FakeSink sink = new FakeSink(0);
    arrive(sink, "counted", new From.New(), NO_LIMIT);
    for (int bytes = 0; bytes <= 2 * OneLoopChannel.WINDOW_BYTES; bytes += 20) {
      test.publish(null, "0123456789012345678\n");
    }

    assertThat(sink.gaps()).isNotEmpty();
    assertThat(sink.closed()).isNull();
  }

  @Test
  void shouldKeepNothingForAnEditionThatNobodyFollowsAnyMore() {
    long segmentBytes = 0;
    for (String encoding : List.of("one", "two", "three")) {
      Subscriber first = arrive(new FakeSink(), encoding, new From.New(), NO_LIMIT);
      Subscriber second = arrive(new FakeSink(), encoding, new From.New(), NO_LIMIT);
      segmentBytes = first.feed().keptBytes();
      for (int i = 0; i < 2 * OneLoopChannel.WINDOW_BYTES / 20; i++) {
        test.publish(null, "0123456789012345678\n");
      }
      test.channel().leave(first);
      assertThat(second.feed().keptBytes()).isGreaterThanOrEqualTo(OneLoopChannel.WINDOW_BYTES);
      test.channel().leave(second);
    }
    FakeSink again = new FakeSink();
    arrive(again, "one", new From.New(), NO_LIMIT);
    test.publish(null, "a\n");

    assertThat(again.received()).isEqualTo("ba");
    for (Edition edition : test.channel().editions().all().subList(1, 4)) {
      assertThat(edition.feed().keptBytes()).isLessThanOrEqualTo(2 * segmentBytes);
    }
  }

  @Test
  void shouldFinishWhoeverHasAsManyLinesAsItWanted() {
    test.publish(null, "a\nb\nc\n");
    FakeSink sink = new FakeSink();
    Subscriber client = arrive(sink, "counted", new From.Oldest(), 2);

    assertThat(sink.received()).isEqualTo("babb");
    assertThat(sink.finished()).isEqualTo(CloseReason.FINISHED);
    assertThat(client.account()).isEqualTo(new Account(2, 2, 0, 0));
  }

  @Test
  void shouldCountNobodyWhoHasAsManyLinesAsItWantedAmongThoseALineIsFor() {
    test.publish(null, "a\nb\n");
    Subscriber client = arrive(new FakeSink(0), "counted", new From.Oldest(), 2);
    Receipt receipt = test.channel().publish(Lines.fromNobody("c\n"));
    test.runLoops();

    assertThat(receipt.others()).isZero();
    assertThat(client.account()).isEqualTo(new Account(2, 0, 0, 2));
    assertThat(test.counter(Counter.ELIGIBLE)).isEqualTo(2);
  }

  @Test
  void shouldGoOnWhereThereAreFewerLinesThanSomebodyWants() {
    test.publish(null, "a\nb\n");
    FakeSink sink = new FakeSink();
    arrive(sink, "counted", new From.Oldest(), 3);
    test.publish(null, "c\n");

    assertThat(sink.received()).isEqualTo("babbbc");
    assertThat(sink.finished()).isNull();
  }

  private Subscriber arrive(FakeSink sink, String encoding, From from, long limit) {
    Arrival.Wish wish = wish(new CountedEncoding(encoding), from, limit);
    return test.arrive(sink, wish, new FakeHolder()).subscriber().orElseThrow();
  }

  private static Arrival.Wish wish(LineEncoding encoding, From from, long limit) {
    return new Arrival.Wish(from, Optional.empty(), Optional.empty(), encoding, limit);
  }
}
