package io.linecast.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerQueueTest {

  private final AnswerQueue queue = new AnswerQueue(new HeldGrowth());

  private long added;
  private long removed;

  @Test
  void shouldKeepTheOrderWhereverItWrapsAndGrows() {
    for (int round = 1; round <= 100; round++) {
      add(2 * round);
      remove(round);
    }
    remove(queue.size());

    assertThat(queue.isEmpty()).isTrue();
    assertThat(removed).isEqualTo(added).isEqualTo(100 * 101);
  }

  @Test
  void shouldBeUsableAgainOnceItHasGivenItsRoomBack() {
    add(10_000);
    remove(10_000);
    add(3);

    assertThat(queue.size()).isEqualTo(3);
    remove(3);
    assertThat(queue.isEmpty()).isTrue();
  }

  @Test
  void shouldTakeNoMoreRoomForLinesThatFollowEachOther() {
    for (int i = 1; i <= 100_000; i++) {
      queue.add(i, 1_000 + i, 7);
    }

    assertThat(queue.size()).isEqualTo(100_000);
    assertThat(queue.heldBytes()).isLessThan(1_000);
    for (int i = 1; i <= 100_000; i++) {
      assertFirst(i, 1_000 + i, 7);
    }
    assertThat(queue.isEmpty()).isTrue();
  }

  @Test
  void shouldKeepApartWhatIsNotSettledTogether() {
    for (int i = 1; i <= 1_000; i++) {
      queue.beginRun();
      queue.add(i, AnswerQueue.UNSETTLED, 0);
    }
    long held = queue.heldBytes();

    for (int i = 1; i <= 1_000; i++) {
      queue.settle(1, i, 0);
    }

    assertThat(queue.heldBytes()).as("nothing was split").isEqualTo(held);
    for (int i = 1; i <= 1_000; i++) {
      assertFirst(i, i, 0);
    }
  }

  /** Beside a plain list; seeds make each failure repeatable. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void shouldSettleRunsInAnyPieces(long seed) {
    Random random = new Random(seed);
    List<long[]> expected = new ArrayList<>();
    long number = 0;
    for (int round = 0; round < 3_000; round++) {
      switch (random.nextInt(4)) {
        case 0 -> number = addRun(expected, number + 1 + random.nextInt(2), random);
        case 1 -> settleSome(expected, random);
        case 2 -> addOne(expected, new long[] {++number, AnswerQueue.REFUSED, random.nextInt(2)});
        default -> removeSome(expected, random);
      }
      assertThat(queue.size()).isEqualTo(expected.size());
    }
    expected.forEach(answer -> assertFirst(answer[0], answer[1], answer[2]));
    assertThat(queue.isEmpty()).isTrue();
  }

  private long addRun(List<long[]> expected, long first, Random random) {
    boolean settled = random.nextInt(3) == 0;
    if (random.nextBoolean()) {
      queue.beginRun();
    }
    long line = 1L + random.nextInt(1_000);
    int count = 1 + random.nextInt(20);
    for (int i = 0; i < count; i++) {
      long[] answer = {first + i, settled ? line + i : AnswerQueue.UNSETTLED, settled ? 3 : 0};
      addOne(expected, answer);
    }
    return first + count - 1;
  }

  private void addOne(List<long[]> expected, long[] answer) {
    queue.add(answer[0], answer[1], answer[2]);
    expected.add(answer);
  }

  private void settleSome(List<long[]> expected, Random random) {
    List<long[]> unsettled =
        expected.stream().filter(answer -> answer[1] == AnswerQueue.UNSETTLED).toList();
    int count = random.nextInt(unsettled.size() + 1);
    long line = random.nextInt(4) == 0 ? AnswerQueue.REFUSED : 10_000L + random.nextInt(1_000);
    for (int i = 0; i < count; i++) {
      unsettled.get(i)[1] = line == AnswerQueue.REFUSED ? line : line + i;
      unsettled.get(i)[2] = 5;
    }
    queue.settle(count, line, 5);
  }

  private void removeSome(List<long[]> expected, Random random) {
    for (int left = random.nextInt(12); left > 0 && !expected.isEmpty(); left--) {
      long[] answer = expected.removeFirst();
      assertFirst(answer[0], answer[1], answer[2]);
    }
  }

  private void assertFirst(long number, long line, long detail) {
    assertThat(queue.number()).isEqualTo(number);
    assertThat(queue.line()).isEqualTo(line);
    assertThat(queue.detail()).isEqualTo(detail);
    queue.remove();
  }

  private void add(int count) {
    for (int i = 0; i < count; i++) {
      added++;
      queue.add(added, 3 * added, 2 * added); // none follows another one
    }
  }

  /** Removes the first ones, which must be those that were added first. */
  private void remove(int count) {
    for (int i = 0; i < count; i++) {
      removed++;
      assertFirst(removed, 3 * removed, 2 * removed);
    }
  }
}
