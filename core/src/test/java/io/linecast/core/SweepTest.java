package io.linecast.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One loop with more members than are visited in one step, looked at between its steps. */
class SweepTest {

  private static final int VISITS_PER_STEP = 256;
  private static final int MEMBERS = 300;
  private static final long WINDOW_BYTES = 1 << 20;

  private final ManualLoop loop = new ManualLoop();
  private final ObservedMemory memory = new ObservedMemory();
  private final LineChannel channel =
      new LineChannel(
          "test",
          memory.feed(WINDOW_BYTES, 1024),
          new MemoryJournal(),
          new Pace(WINDOW_BYTES, SlowPolicy.DISCONNECT),
          List.of(loop),
          List.of());
  private final Sweep sweep = channel.sweeps().getFirst();
  private final List<Subscriber> members = new ArrayList<>();
  private final List<FakeSink> sinks = new ArrayList<>();

  /** Who was offered bytes, in order. */
  private final List<Integer> visited = new ArrayList<>();

  /** What happens when a member is offered bytes. */
  private Runnable onVisit = () -> {};

  @BeforeEach
  void fillSweep() {
    IntStream.range(0, MEMBERS).forEach(i -> join());
    loop.runAll();
  }

  @Test
  void shouldHaveNothingToDoWhenEverybodyIsAtTheHead() {
    publish("one\n");
    loop.runAll();

    assertThat(visited).hasSize(MEMBERS).doesNotHaveDuplicates();
    assertThat(loop.isIdle()).isTrue();
  }

  @Test
  void shouldBeScheduledOnceHoweverOftenTheHeadMoves() {
    publish("one\n");
    publish("two\n");
    loop.runAll();

    assertThat(visited).hasSize(MEMBERS);
    assertThat(sinks).allSatisfy(sink -> assertThat(sink.received()).isEqualTo("one\ntwo\n"));
  }

  @Test
  void shouldGiveTheLoopBackAfterAStep() {
    publish("one\n");
    loop.runTurn();

    assertThat(visited).hasSize(VISITS_PER_STEP);
    assertThat(loop.waitsForIo()).isTrue();
  }

  @Test
  void shouldGiveTheLoopBackAfterManyBytes() {
    FakeSink first = sinks.getFirst();
    String line = Lines.ofLength(1024);
    for (int i = 0; i < 512; i++) {
      publish(line);
    }
    loop.runTurn();

    assertThat(visited.stream().distinct()).hasSizeLessThan(VISITS_PER_STEP / 2);
    assertThat(first.received()).hasSizeLessThan(512 * 1024);
  }

  @Test
  void shouldGoAroundUntilEverybodyHasEverything() {
    String line = Lines.ofLength(1024);
    for (int i = 0; i < 512; i++) {
      publish(line);
    }
    loop.runAll();

    assertThat(sinks).allSatisfy(sink -> assertThat(sink.received()).hasSize(512 * 1024));
  }

  @Test
  void shouldGoOnWhereItStopped() {
    publish("one\n");
    loop.runTurn();
    visited.clear();
    publish("two\n");
    loop.runTurn();

    assertThat(visited).startsWith(VISITS_PER_STEP, VISITS_PER_STEP + 1).contains(0);
  }

  @Test
  void shouldWriteUpToTheHeadOfThatMoment() {
    publish("one\n");
    loop.runTurn();
    publish("two\n");
    loop.runTurn();

    assertThat(sinks.getLast().received()).isEqualTo("one\ntwo\n");
  }

  @Test
  void shouldReachTheFirstAgainAfterOneRevolution() {
    publish("one\n");
    loop.runTurn();
    publish("two\n");
    loop.runAll();

    assertThat(sinks).allSatisfy(sink -> assertThat(sink.received()).isEqualTo("one\ntwo\n"));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 100, 254, 255, 256, 257, 280, 298, 299})
  void shouldPassNobodyOverWhenAMemberLeavesBetweenSteps(int leaving) {
    publish("one\n");
    loop.runTurn();
    channel.leave(members.get(leaving));
    loop.runAll();

    assertEverybodyElseReceived("one\n", leaving);
  }

  @Test
  void shouldPassNobodyOverWhoeverLeavesAndWhenever() {
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      publish("line\n");
      for (int turn = 0; turn < 1 + random.nextInt(2); turn++) {
        loop.runTurn();
      }
      Subscriber leaving = members.remove(random.nextInt(members.size()));
      sinks.remove(leaving.sink());
      channel.leave(leaving);
      join();
      loop.runAll();

      assertThat(members).as("seed %d", seed).allMatch(member -> member.lagBytes() == 0);
    }
  }

  @Test
  void shouldPassNobodyOverWhenAMemberLeavesDuringItsOwnVisit() {
    publish("one\n");
    loop.runTurn();
    int leaving = 270;
    onVisit = () -> leaveWhenVisited(leaving);
    sinks.get(leaving).goAway();
    publish("two\n");
    loop.runAll();

    assertEverybodyElseReceived("one\ntwo\n", leaving);
  }

  @Test
  void shouldServeWhoJoinsDuringARevolution() {
    publish("one\n");
    loop.runTurn();
    join();
    publish("two\n");
    loop.runAll();

    assertThat(sinks.getLast().received()).isEqualTo("two\n");
    assertEverybodyElseReceived("one\ntwo\n", MEMBERS);
  }

  @Test
  void shouldPassNobodyOverWhenSomebodyJoinsDuringARevolution() {
    publish("one\n");
    loop.runTurn();
    join();
    loop.runAll();

    assertEverybodyElseReceived("one\n", MEMBERS);
  }

  @Test
  void shouldCloseTheOneWhoseVisitFailsAndServeTheOthers() {
    onVisit =
        () -> {
          if (visited.getLast() == 5) {
            throw new IllegalStateException("a fault");
          }
        };
    publish("one\n");
    assertThatThrownBy(loop::runAll).hasMessage("a fault");
    loop.runAll();

    assertThat(sinks.get(5).closed()).isEqualTo(CloseReason.FAULT);
    assertEverybodyElseReceived("one\n", 5);
  }

  @Test
  void shouldCallBackForEverybodyThoughTheyLeaveMeanwhile() {
    List<Subscriber> called = new ArrayList<>();
    sweep.forEach(
        member -> {
          called.add(member);
          channel.leave(member);
        });

    assertThat(called).containsExactlyElementsOf(members);
    assertThat(sweep.size()).isZero();
  }

  private void join() {
    int number = sinks.size();
    FakeSink sink =
        new FakeSink(
            Long.MAX_VALUE,
            () -> {
              visited.add(number);
              onVisit.run();
            });
    sinks.add(sink);
    members.add(channel.join(sweep, sink, 0));
  }

  private void leaveWhenVisited(int number) {
    if (visited.getLast() == number) {
      channel.leave(members.get(number));
    }
  }

  private void publish(String line) {
    channel.publish(Lines.fromNobody(line));
  }

  private void assertEverybodyElseReceived(String text, int except) {
    for (int i = 0; i < sinks.size(); i++) {
      if (i != except) {
        assertThat(sinks.get(i).received()).as("member %d", i).isEqualTo(text);
      }
    }
  }
}
