package io.linecast.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

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

  private void add(int count) {
    for (int i = 0; i < count; i++) {
      added++;
      queue.add(added, -added, 2 * added);
    }
  }

  /** Removes the first ones, which must be those that were added first. */
  private void remove(int count) {
    for (int i = 0; i < count; i++) {
      removed++;
      assertThat(queue.number()).isEqualTo(removed);
      assertThat(queue.line()).isEqualTo(-removed);
      assertThat(queue.detail()).isEqualTo(2 * removed);
      queue.remove();
    }
  }
}
