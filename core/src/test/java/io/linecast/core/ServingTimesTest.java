package io.linecast.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.linecast.protocol.From;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is told of how long serving takes, and how far behind a client is. */
class ServingTimesTest {

  private static final int WINDOW_BYTES = 64 * 1024;

  private final List<Long> delivered = new ArrayList<>();
  private final List<Long> swept = new ArrayList<>();
  private final ManualLoop loop = new ManualLoop();
  private final ManualLoop observerLoop = new ManualLoop();
  private final LineChannel channel =
      new LineChannel(
          "test",
          new ObservedMemory().feed(WINDOW_BYTES, 1024),
          new MemoryJournal(),
          new Pace(WINDOW_BYTES, SlowPolicy.SKIP),
          List.of(loop),
          List.of(observerLoop),
          LineChannel.DEFAULT_PUBLISHERS,
          new ServingTimes() {
            @Override
            public void delivered(long nanos) {
              delivered.add(nanos);
            }

            @Override
            public void swept(long nanos) {
              swept.add(nanos);
            }
          },
          new Archive(new ManualReaders(), 1, Archive.DEFAULT_BYTES));

  @Test
  void shouldTellOfALineAtEachClientOfEachEdition() {
    join(new FakeSink());
    join(new FakeSink());
    channel.arrive(
        new Arrival.Wish(new From.New(), Optional.empty(), Optional.empty()),
        0,
        Optional.of(new FakeSink()),
        new FakeHolder());
    publish("a\n");

    assertThat(delivered).hasSize(3).allMatch(nanos -> nanos >= 0);
    assertThat(swept).isNotEmpty().allMatch(nanos -> nanos >= 0);
  }

  @Test
  void shouldNotTellOfEveryLine() {
    join(new FakeSink());
    for (int i = 0; i < 1000; i++) {
      publish("a\n");
    }

    assertThat(delivered).hasSizeBetween(1, 500);
  }

  @Test
  void shouldTellOfASlowClientWhenItHasTheLine() {
    FakeSink full = new FakeSink(0);
    Subscriber slow = join(full);
    publish("a\n");
    assertThat(delivered).isEmpty();
    assertThat(slow.lag().lines()).isEqualTo(1);

    full.makeRoom(1 << 20, slow);
    loop.runAll();
    assertThat(delivered).hasSize(1);
    assertThat(slow.lag()).isEqualTo(new Lag(0, 0, 0));
  }

  @Test
  void shouldNotTellOfWhatASlowClientNeverHears() {
    FakeSink full = new FakeSink(0);
    Subscriber slow = join(full);
    for (int i = 0; i < 3 * WINDOW_BYTES / 1024; i++) {
      publish(Lines.ofLength(1024));
    }
    full.makeRoom(1 << 20, slow);
    loop.runAll();

    assertThat(slow.account().skipped()).isPositive();
    assertThat(delivered).isEmpty();
  }

  @Test
  void shouldTellNothingOfWhoOnlyLooksOn() {
    channel.observe(0, new FakeSink());
    publish("a\n");
    observerLoop.runAll();

    assertThat(delivered).isEmpty();
  }

  @Test
  void shouldTellNothingOfHowLongReadingWhatWasBeforeTakes() {
    publish("a\n");
    FakeSink full = new FakeSink(0);
    Subscriber late = arriveAtOldest(full);
    publish("b\n");
    full.makeRoom(1 << 20, late);
    loop.runAll();

    assertThat(full.received()).isEqualTo("a\nb\n");
    assertThat(delivered).isEmpty();
  }

  @Test
  void shouldCountWhatComesBehindWhatWasBeforeOnce() {
    publish("one\n");
    Subscriber late = arriveAtOldest(new FakeSink(0));
    assertThat(late.lag().lines()).isEqualTo(1);
    publish("three\n");

    // The first line is owed by the sink, not by the feed.
    assertThat(late.lag().bytes()).isEqualTo("three\n".length());
  }

  @Test
  void shouldCountAllThatIsStillToComeOnce() {
    publish("one\n");
    Arrival.Wish wish = oldest();
    Subscriber late =
        channel
            .arrive(wish, 0, Optional.of(new FakeSink()), new FakeHolder())
            .subscriber()
            .orElseThrow();
    channel.publish(Lines.from(null, "three\n"));

    assertThat(late.lag().bytes()).isEqualTo("one\nthree\n".length());
  }

  private Subscriber arriveAtOldest(FakeSink sink) {
    Subscriber late =
        channel.arrive(oldest(), 0, Optional.of(sink), new FakeHolder()).subscriber().orElseThrow();
    loop.runAll();
    return late;
  }

  private static Arrival.Wish oldest() {
    return new Arrival.Wish(
        new From.Oldest(), Optional.empty(), Optional.empty(), BasicEncoding.PLAIN, Long.MAX_VALUE);
  }

  @Test
  void shouldTellHowFarBehindAClientIs() {
    Subscriber slow = join(new FakeSink(0));
    publish("one\ntwo\n");
    publish("three\n");

    Lag lag = slow.lag();
    assertThat(lag.lines()).isEqualTo(3);
    // The end of the first line is owed by the sink, not by the feed.
    assertThat(lag.bytes()).isEqualTo("two\nthree\n".length());
    assertThat(lag.nanos()).isPositive();
  }

  private Subscriber join(FakeSink sink) {
    return channel.join(channel.sweeps().getFirst(), sink, 0);
  }

  private void publish(String lines) {
    channel.publish(Lines.from(null, lines));
    loop.runAll();
  }
}
