package io.linecast.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.linecast.protocol.From;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** When a channel makes senders wait, and that it lets them go on. */
class HeldSendersTest {

  private static final int WINDOW_BYTES = 64 * 1024;
  private static final int LINE_BYTES = 1024;

  private final ManualLoop fast = new ManualLoop();
  private final ManualLoop late = new ManualLoop();
  private final AtomicInteger resumed = new AtomicInteger();
  private final FakeSink slow = new FakeSink(0);

  @Test
  void shouldNotHoldSendersWhileEverybodyKeepsUp() {
    LineChannel channel = channel(SlowPolicy.STALL);
    channel.join(channel.sweeps().getFirst(), new FakeSink(), 0);
    publishWindows(channel, 3);

    assertThat(channel.holdsSenders()).isFalse();
  }

  @Test
  void shouldHoldSendersWhenALoopIsLateByALargePartOfTheWindow() {
    LineChannel channel = overloaded();

    assertThat(channel.holdsSenders()).isTrue();
    assertThat(channel.counters().get(Counter.OVERLOADS)).isEqualTo(1);
  }

  @Test
  void shouldNotHoldSendersForLinesThatWereReadBackAtTheStart() {
    OneLoopChannel test =
        KeptChannel.restarted(new FakeHistory(), SlowPolicy.DISCONNECT, Archive.DEFAULT_BYTES);
    test.join(new FakeSink(), 0);

    assertThat(test.channel().gate().isBehind()).isFalse();
  }

  @Test
  void shouldLetSendersGoOnWhenTheLateLoopHasCaughtUp() {
    LineChannel channel = overloaded();
    channel.awaitRelease(channel.sweeps().getFirst(), resumed::incrementAndGet);
    fast.runAll();
    assertThat(resumed).hasValue(0);

    late.runAll();
    fast.runAll();

    assertThat(channel.holdsSenders()).isFalse();
    assertThat(resumed).hasValue(1);
  }

  @Test
  void shouldForgetASenderThatWaitsNoLonger() {
    LineChannel channel = overloaded();
    Runnable leaving = () -> resumed.addAndGet(100);
    Sweep sweep = channel.sweeps().getFirst();
    channel.awaitRelease(sweep, leaving);
    channel.awaitRelease(sweep, resumed::incrementAndGet);

    channel.awaitNoLonger(sweep, leaving);
    late.runAll();
    fast.runAll();

    assertThat(resumed).hasValue(1);
  }

  @Test
  void shouldLetSendersGoOnOnEveryLoop() {
    LineChannel channel = overloaded();
    channel.sweeps().forEach(sweep -> channel.awaitRelease(sweep, resumed::incrementAndGet));

    late.runAll();
    fast.runAll();

    assertThat(resumed).hasValue(2);
  }

  @Test
  void shouldDropNobodyWhoIsLateBecauseTheServerIs() {
    LineChannel channel = channel(SlowPolicy.DISCONNECT);
    FakeSink healthy = new FakeSink();
    channel.join(channel.sweeps().getLast(), healthy, 0);
    publishUntilHeld(channel, fast);
    late.runTurn();
    publishUntilHeld(channel, fast);
    late.runAll();

    assertThat(healthy.closed()).isNull();
  }

  @Test
  void shouldHoldNobodyForASlowClientUnlessThatIsThePolicy() {
    for (SlowPolicy policy : List.of(SlowPolicy.DISCONNECT, SlowPolicy.SKIP)) {
      LineChannel channel = channel(policy);
      channel.join(channel.sweeps().getFirst(), new FakeSink(0), 0);
      publishWindows(channel, 3);

      assertThat(channel.holdsSenders()).as("%s", policy).isFalse();
    }
  }

  @Test
  void shouldHoldSendersForASlowClientWhereThatIsThePolicy() {
    LineChannel channel = channel(SlowPolicy.STALL);
    channel.join(channel.sweeps().getFirst(), slow, 0);
    publishUntilHeld(channel, fast, late);

    assertThat(channel.counters().get(Counter.STALLS)).isEqualTo(1);
    assertThat(channel.feed().head().position()).isLessThan(WINDOW_BYTES);
  }

  @Test
  void shouldLetSendersGoOnWhenTheSlowClientHasCaughtUpAndHasLostNothing() {
    LineChannel channel = channel(SlowPolicy.STALL);
    Subscriber subscriber = channel.join(channel.sweeps().getFirst(), slow, 0);
    publishUntilHeld(channel, fast, late);
    channel.awaitRelease(channel.sweeps().getFirst(), resumed::incrementAndGet);

    slow.makeRoom(Long.MAX_VALUE, subscriber);
    fast.runAll();

    assertThat(resumed).hasValue(1);
    assertThat((long) slow.received().length()).isEqualTo(channel.feed().head().position());
  }

  @Test
  void shouldLetSendersGoOnWhenTheSlowClientLeaves() {
    LineChannel channel = channel(SlowPolicy.STALL);
    Subscriber subscriber = channel.join(channel.sweeps().getFirst(), slow, 0);
    publishUntilHeld(channel, fast, late);
    channel.awaitRelease(channel.sweeps().getFirst(), resumed::incrementAndGet);

    channel.leave(subscriber);
    fast.runAll();

    assertThat(resumed).hasValue(1);
  }

  @Test
  void shouldHoldNobodyForAClientThatNeedsNothingMoreOfTheFeed() {
    LineChannel channel = channel(SlowPolicy.STALL);
    Subscriber subscriber = channel.join(channel.sweeps().getFirst(), slow, 0);
    channel.publish(Lines.fromNobody("last\n"));
    fast.runAll();
    channel.finish(subscriber, CloseReason.FINISHED);
    publishWindows(channel, 3);

    assertThat(channel.holdsSenders()).isFalse();
    assertThat(slow.owed()).isEqualTo("last\n");
  }

  @Test
  void shouldLetASenderGoOnThatWaitsThoughNobodyIsHeld() {
    LineChannel channel = channel(SlowPolicy.STALL);
    channel.awaitRelease(channel.sweeps().getFirst(), resumed::incrementAndGet);
    fast.runAll();

    assertThat(resumed).hasValue(1);
  }

  @Test
  void shouldLetASenderWaitAgainThatIsHeldAgain() {
    LineChannel channel = overloaded();
    Sweep sweep = channel.sweeps().getFirst();
    channel.awaitRelease(sweep, () -> channel.awaitRelease(sweep, resumed::incrementAndGet));
    late.runAll();
    fast.runAll();

    assertThat(resumed).hasValue(1);
  }

  @Test
  void shouldHoldNobodyForAnEditionWhoseLastFollowerLeavesAsLinesEnter() {
    AtomicReference<Subscriber> last = new AtomicReference<>();
    AtomicReference<LineChannel> itsChannel = new AtomicReference<>();
    Journal journal =
        new JournalThatLets(
            () -> {
              if (isOverAQuarterOfTheWindow(itsChannel.get()) && !last.get().isRetired()) {
                itsChannel.get().leave(last.get());
              }
            });
    LineChannel channel = channel(SlowPolicy.DISCONNECT, journal);
    itsChannel.set(channel);
    Arrival.Wish wish = new Arrival.Wish(new From.New(), Optional.empty(), Optional.empty());
    Optional<Sink> sink = Optional.of(new FakeSink());
    last.set(channel.arrive(wish, 0, sink, new FakeHolder()).subscriber().orElseThrow());
    fast.runAll();
    late.runAll();

    // Plain, these are little.
    while (!last.get().isRetired()) {
      channel.publish(Lines.fromNobody("\n".repeat(10)));
    }
    fast.runAll();
    late.runAll();

    assertThat(channel.holdsSenders()).isFalse();
  }

  private static boolean isOverAQuarterOfTheWindow(LineChannel channel) {
    Edition newest = channel.editions().all().getLast();
    return newest.isFollowed() && newest.feed().head().position() > newest.pace().windowBytes() / 4;
  }

  /** Somebody else does something between the lines' entering and everybody's hearing of it. */
  private static final class JournalThatLets extends ForwardingJournal {
    private final Runnable action;

    JournalThatLets(Runnable action) {
      this.action = action;
    }

    @Override
    public void keep(Batch batch) {
      super.keep(batch);
      action.run();
    }
  }

  private LineChannel channel(SlowPolicy policy) {
    return channel(policy, new MemoryJournal());
  }

  private LineChannel channel(SlowPolicy policy, Journal journal) {
    return new LineChannel(
        "test",
        new ObservedMemory().feed(WINDOW_BYTES, LINE_BYTES),
        journal,
        new Pace(WINDOW_BYTES, policy),
        List.of(fast, late),
        List.of());
  }

  /** A channel whose second loop has got no turn for long. */
  private LineChannel overloaded() {
    LineChannel channel = channel(SlowPolicy.DISCONNECT);
    channel.join(channel.sweeps().getLast(), new FakeSink(), 0);
    publishUntilHeld(channel, fast);
    return channel;
  }

  /** Senders behave, and must be held within a window. Only these loops get turns. */
  private void publishUntilHeld(LineChannel channel, ManualLoop... turning) {
    for (int bytes = 0; !channel.holdsSenders(); bytes += LINE_BYTES) {
      assertThat(bytes).as("bytes published and nobody held").isLessThan(WINDOW_BYTES);
      channel.publish(Lines.fromNobody(Lines.ofLength(LINE_BYTES)));
      List.of(turning).forEach(ManualLoop::runAll);
    }
  }

  private void publishWindows(LineChannel channel, int windows) {
    for (int bytes = 0; bytes < windows * WINDOW_BYTES; bytes += LINE_BYTES) {
      channel.publish(Lines.fromNobody(Lines.ofLength(LINE_BYTES)));
      fast.runAll();
      late.runAll();
    }
  }
}
