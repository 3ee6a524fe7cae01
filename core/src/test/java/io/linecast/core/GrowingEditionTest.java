package io.linecast.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.linecast.protocol.From;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An edition whose lines may become several times as long, in the smallest window there may be. */
class GrowingEditionTest {

  private static final int RUN = 1024;

  /** One that becomes seven times as long. */
  private static final String GROWING = "y".repeat(RUN - 1) + "\n";

  private final FakeSink sink = new FakeSink();

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 7})
  void shouldLapNobodyWhoTakesEverythingWhenEachLoopHasALineUnderWay(int loopCount) {
    List<ManualLoop> loops = Stream.generate(ManualLoop::new).limit(loopCount).toList();
    LineChannel channel = channel(SlowPolicy.DISCONNECT, loops);
    Subscriber client = arrive(channel);
    loops.forEach(ManualLoop::runAll);
    for (int revolution = 0; revolution < 3; revolution++) {
      publishUntilHeld(channel, "x\n".repeat(10));
      // Each had looked just before.
      loops.forEach(loop -> channel.publish(Lines.fromNobody(GROWING)));
      loops.getFirst().runTurn();
    }
    loops.forEach(ManualLoop::runAll);

    assertThat(sink.gaps()).isEmpty();
    assertThat(client.account().pending()).isZero();
  }

  @ParameterizedTest
  @EnumSource(SlowPolicy.class)
  void shouldGoOnFurtherAheadAfterAGap(SlowPolicy policy) {
    ManualLoop loop = new ManualLoop();
    LineChannel channel = channel(policy, List.of(loop));
    FakeSink slow = new FakeSink(500);
    Subscriber client = arrive(channel, slow);
    for (int i = 0; i < 400 && !channel.holdsSenders(); i++) {
      channel.publish(Lines.fromNobody(i % 5 == 0 ? GROWING : "x\n".repeat(10)));
      loop.runAll();
      slow.makeRoom(i % 7 * 400L, client);
    }
    while (client.account().pending() > 0) {
      slow.makeRoom(8L * RUN, client);
      loop.runAll();
    }

    assertThat(slow.gaps())
        .allSatisfy(gap -> assertThat(first(gap)).isLessThanOrEqualTo(last(gap)));
    assertThat(numbersOf(slow)).isSorted().doesNotHaveDuplicates();
    assertThat(slow.gaps().isEmpty()).isEqualTo(policy == SlowPolicy.STALL);
  }

  @Test
  void shouldStayWhereItIsIfThereIsNoOtherLineToGoOnWith() {
    ManualLoop loop = new ManualLoop();
    LineChannel channel =
        new LineChannel(
            "test",
            new ObservedMemory().feed(16 * RUN, 16 * RUN),
            new MemoryJournal(),
            new Pace(RUN, SlowPolicy.SKIP),
            List.of(loop),
            List.of());
    FakeSink slow = new FakeSink(2);
    Subscriber client = channel.join(channel.sweeps().getFirst(), slow, 0);
    // All of one run, in which no place but its beginning is known.
    channel.publish(Lines.fromNobody("a\nb\n" + "c\n".repeat(RUN)));
    loop.runAll();
    slow.makeRoom(4L * RUN, client);
    loop.runAll();

    assertThat(slow.gaps()).isEmpty();
    assertThat(slow.received()).isEqualTo("a\nb\n" + "c\n".repeat(RUN));
    assertThat(client.account()).isEqualTo(new Account(RUN + 2, RUN + 2, 0, 0));
  }

  @Test
  void shouldGiveLittleAtOnceOfWhatWasBefore() {
    ManualLoop loop = new ManualLoop();
    int window = 1 << 20;
    Feed feed = new ObservedMemory().feed(window, RUN);
    LineChannel channel =
        new LineChannel(
            "test",
            feed,
            new MemoryJournal(),
            new Pace(window, SlowPolicy.SKIP),
            List.of(loop),
            List.of());
    for (int bytes = 0; bytes < window / 2; bytes += RUN) {
      channel.publish(Lines.fromNobody(GROWING));
    }
    FakeSink full = new FakeSink(0);
    arrive(channel, full, new From.Oldest());
    loop.runAll();

    assertThat(full.owed().length()).isBetween(32 * RUN, 64 * RUN);
  }

  @Test
  void shouldKeepItsWindowAndThreeSegmentsAtTheMost() {
    ManualLoop loop = new ManualLoop();
    LineChannel channel = channel(SlowPolicy.SKIP, List.of(loop));
    Feed feed = arrive(channel).feed();
    long segmentBytes = feed.keptBytes();
    for (int i = 0; i < 1000; i++) {
      channel.publish(Lines.fromNobody(i % 3 == 0 ? GROWING : "y\n".repeat(2)));
      loop.runAll();

      assertThat(feed.keptBytes()).isLessThanOrEqualTo(feed.windowBytes() + 3 * segmentBytes);
    }
    assertThat(segmentBytes).isLessThanOrEqualTo(feed.windowBytes() / 4);
  }

  private static LineChannel channel(SlowPolicy policy, List<ManualLoop> loops) {
    int window = RUN * Math.max(16, 8 * loops.size());
    return new LineChannel(
        "test",
        new ObservedMemory().feed(window, RUN),
        new MemoryJournal(),
        new Pace(window, policy),
        loops,
        List.of());
  }

  private Subscriber arrive(LineChannel channel) {
    return arrive(channel, sink);
  }

  private static Subscriber arrive(LineChannel channel, FakeSink sink) {
    return arrive(channel, sink, new From.New());
  }

  private static Subscriber arrive(LineChannel channel, FakeSink sink, From from) {
    LineEncoding encoding = new StretchedEncoding();
    Arrival.Wish wish =
        new Arrival.Wish(from, Optional.empty(), Optional.empty(), encoding, Long.MAX_VALUE);
    return channel.arrive(wish, 0, Optional.of(sink), new FakeHolder()).subscriber().orElseThrow();
  }

  private static void publishUntilHeld(LineChannel channel, String lines) {
    int length = channel.portionOf(Lines.bytes(lines), false);
    for (int i = 0; i < 10_000 && !channel.holdsSenders(); i++) {
      channel.publish(Lines.fromNobody(lines.substring(0, length)));
    }
    assertThat(channel.holdsSenders()).isTrue();
  }

  private static List<Long> numbersOf(FakeSink sink) {
    return sink.received()
        .replace("~", "")
        .lines()
        .map(line -> Long.parseLong(line, 5, line.indexOf(' ', 5), 10))
        .toList();
  }

  private static long first(String gap) {
    return Long.parseLong(gap.substring(0, gap.indexOf('-')));
  }

  private static long last(String gap) {
    return Long.parseLong(gap.substring(gap.indexOf('-') + 1));
  }
}
