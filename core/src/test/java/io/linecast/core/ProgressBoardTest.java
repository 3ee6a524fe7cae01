package io.linecast.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.linecast.protocol.From;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How far everybody has come, as those who wait for it are told. */
class ProgressBoardTest {

  private final OneLoopChannel test = new OneLoopChannel(SlowPolicy.SKIP);
  private final ProgressBoard board = test.channel().board();
  private final List<Long> written = new ArrayList<>();
  private final List<Long> done = new ArrayList<>();

  @Test
  void shouldWaitForNobodyWhereNobodyFollows() {
    test.publish(null, "a\n");

    assertThat(board.written(null)).isEqualTo(Long.MAX_VALUE);
    assertThat(board.done(null)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void shouldTellWhoBeginsToWaitWhenEverythingRestsAlready() {
    test.join(new FakeSink(), 0);
    test.publish(null, "a\n");
    test.publish(null, "b\n");
    watch(null);

    assertThat(written).last().isEqualTo(2L);
    assertThat(done).last().isEqualTo(2L);
  }

  @Test
  void shouldTellNobodyWhoWaitsNoMore() {
    ProgressBoard.Waiter waiter = () -> written.add(0L);
    board.add(waiter);
    board.remove(waiter);
    test.join(new FakeSink(), 0);
    test.publish(null, "a\n");

    assertThat(written).isEmpty();
    assertThat(board.isWatched()).isFalse();
  }

  @Test
  void shouldGoOnTellingOneOfTwoWhoWait() {
    ProgressBoard.Waiter other = () -> {};
    board.add(other);
    watch(null);
    board.remove(other);
    written.clear();
    test.join(new FakeSink(), 0);
    test.publish(null, "a\n");

    assertThat(written).last().isEqualTo(1L);
  }

  @Test
  void shouldWaitForAFullSocketUntilItHasRoom() {
    FakeSink sink = new FakeSink(3);
    Subscriber slow = test.join(sink, 0);
    watch(null);
    test.publish(null, "a\nb\nc\n");
    assertThat(written).last().isEqualTo(1L);

    sink.makeRoom(100, slow);
    test.runLoops();

    assertThat(written).last().isEqualTo(3L);
  }

  @Test
  void shouldWaitForAFullSocketUntilItsClientLeaves() {
    Subscriber slow = test.join(new FakeSink(3), 0);
    test.join(new FakeSink(), 0);
    watch(null);
    test.publish(null, "a\nb\n");
    assertThat(written).last().isEqualTo(1L);

    test.channel().leave(slow);
    test.runLoops();

    assertThat(written).last().isEqualTo(2L);
  }

  @Test
  void shouldWaitForAFullSocketUntilItsClientIsGoneOrClosed() {
    FakeSink sink = new FakeSink(3);
    Subscriber slow = test.join(sink, 0);
    watch(null);
    test.publish(null, "a\nb\n");
    slow.retire();
    test.publish(null, "c\n");

    assertThat(written).last().isEqualTo(3L);
    assertThat(done).last().isEqualTo(3L);
  }

  @Test
  void shouldWaitForASkippingClientsOwedLineOnly() {
    FakeSink sink = new FakeSink(3);
    Subscriber slow = test.join(sink, 0);
    watch(null);
    test.publish(null, "a\nb\n");
    test.publishBytes(OneLoopChannel.WINDOW_BYTES + 4 * 1024);
    assertThat(sink.gaps()).hasSize(1);
    assertThat(written).last().isEqualTo(1L);

    sink.makeRoom(2, slow);
    test.runLoops();

    assertThat(written.getLast()).isGreaterThan(2 + slow.account().skipped() - 1);
  }

  @Test
  void shouldWaitForALineThatIsOwedThoughOwnLinesFollowIt() {
    FakeSink sink = new FakeSink(3);
    Subscriber slow = test.join(sink, 0);
    watch(null);
    test.publish(null, "a\nb\n");
    test.publish(slow, "own\nown\n");
    assertThat(written).last().isEqualTo(1L);

    sink.makeRoom(100, slow);
    test.runLoops();

    assertThat(written).last().isEqualTo(4L);
  }

  @Test
  void shouldWaitForTheLineThatAFinishingClientIsOwed() {
    FakeSink sink = new FakeSink(3);
    Subscriber slow = test.join(sink, 0);
    watch(null);
    test.publish(null, "a\nb\n");
    test.channel().finish(slow, CloseReason.FINISHED);
    test.publish(null, "c\n");
    assertThat(written).last().isEqualTo(1L);

    sink.makeRoom(100, slow);
    test.runLoops();

    assertThat(sink.finished()).isEqualTo(CloseReason.FINISHED);
    assertThat(written).last().isEqualTo(3L);
  }

  @Test
  void shouldNotMakeAClientWaitForItself() {
    Subscriber slow = test.join(new FakeSink(3), 0);
    Subscriber other = test.join(new FakeSink(), 0);
    watch(slow);
    test.publish(null, "a\nb\nc\n");

    assertThat(written).last().isEqualTo(3L);
    assertThat(board.written(other)).isEqualTo(1);
    assertThat(board.written(null)).isEqualTo(1);
  }

  @Test
  void shouldWaitForTheSlowestOfTheOthers() {
    Subscriber slowest = test.join(new FakeSink(3), 0);
    Subscriber slow = test.join(new FakeSink(5), 0);
    watch(slowest);
    test.publish(null, "a\nb\nc\n");

    assertThat(written).last().isEqualTo(2L);
    assertThat(board.written(slow)).isEqualTo(1);
  }

  @Test
  void shouldWaitUntilListenersSayThatTheyAreDone() {
    FakeSink sink = new FakeSink();
    sink.sayDone(0);
    Subscriber listener = test.arrive(sink, new From.New());
    watch(null);
    test.publish(null, "a\nb\nc\n");
    assertThat(written).last().isEqualTo(3L);
    assertThat(done).last().isEqualTo(0L);

    sink.sayDone(2);
    listener.sweep().onMemberProgress();
    test.runLoops();

    assertThat(done).last().isEqualTo(2L);
  }

  @Test
  void shouldTakeNobodyForDoneWhoHasNotBeenWrittenTo() {
    FakeSink sink = new FakeSink(8);
    sink.sayDone(1_000);
    test.arrive(sink, new From.New());
    watch(null);
    test.publish(null, "a\nb\n");

    assertThat(done).last().isEqualTo(0L);
  }

  @Test
  void shouldWaitForTheLeastDoneOfTheOthers() {
    FakeSink sink = new FakeSink();
    sink.sayDone(1);
    Subscriber busiest = test.arrive(sink, new From.New());
    FakeSink other = new FakeSink();
    other.sayDone(2);
    test.arrive(other, new From.New());
    watch(busiest);
    test.publish(null, "a\nb\nc\n");

    assertThat(done).last().isEqualTo(2L);
    assertThat(board.done(null)).isEqualTo(1);
  }

  @Test
  void shouldNotLetANewcomerHoldUpEarlierLines() {
    test.join(new FakeSink(), 0);
    test.publish(null, "a\nb\nc\n");
    FakeSink newcomer = new FakeSink(0);
    newcomer.sayDone(0);
    watch(null);
    test.arrive(newcomer, new From.Oldest());
    test.join(new FakeSink(0), 3);
    board.add(() -> {});
    test.runLoops();

    assertThat(LongStream.of(board.written(null), board.done(null))).containsOnly(3L);
  }

  @Test
  void shouldKeepAnOldLookBelowWhatHasComeSince() {
    ManualLoop first = new ManualLoop();
    ManualLoop second = new ManualLoop();
    try (LineChannel channel = channel(first, second)) {
      channel.join(channel.sweeps().get(0), new FakeSink(), 0);
      channel.join(channel.sweeps().get(1), new FakeSink(), 0);
      channel.board().add(() -> {});
      channel.publish(Lines.fromNobody("a\n"));
      first.runAll();
      assertThat(channel.board().written(null)).isZero();

      second.runAll();
      assertThat(channel.board().written(null)).isEqualTo(1);

      channel.publish(Lines.fromNobody("b\n"));
      second.runAll();
      assertThat(channel.board().written(null)).isEqualTo(1);
    }
  }

  @Test
  void shouldWaitForAFollowerOfAnEditionThatNobodyFollowedWhenItWasLookedAt() {
    ManualLoop first = new ManualLoop();
    ManualLoop second = new ManualLoop();
    try (LineChannel channel = channel(first, second)) {
      channel.board().add(() -> {});
      channel.publish(Lines.fromNobody("a\n"));
      first.runAll();
      second.runAll();
      Arrival.Wish wish = new Arrival.Wish(new From.New(), Optional.empty(), Optional.empty());
      channel.arrive(wish, 1, Optional.of(new FakeSink(0)), new FakeHolder());
      channel.publish(Lines.fromNobody("b\n"));
      first.runAll();
      second.runAll();

      assertThat(channel.board().written(null)).isEqualTo(1);
    }
  }

  private static LineChannel channel(ManualLoop first, ManualLoop second) {
    return new LineChannel(
        "test",
        new ObservedMemory().feed(OneLoopChannel.WINDOW_BYTES, OneLoopChannel.LARGEST_RUN_BYTES),
        new MemoryJournal(),
        new Pace(OneLoopChannel.WINDOW_BYTES, SlowPolicy.SKIP),
        List.of(first, second),
        List.of());
  }

  /** Notes how far everybody but one has come, whenever whoever waits is told. */
  private void watch(@Nullable Subscriber self) {
    board.add(
        () -> {
          written.add(board.written(self));
          done.add(board.done(self));
        });
    test.runLoops();
  }
}
