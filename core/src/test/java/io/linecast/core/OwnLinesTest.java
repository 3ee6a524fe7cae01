package io.linecast.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OwnLinesTest {

  private final OwnLines own = new OwnLines();

  @Test
  void shouldBeginEmpty() {
    assertThat(own.isEmpty()).isTrue();
    assertThat(own.nextStart()).isEqualTo(Long.MAX_VALUE);
    assertThat(own.lines()).isZero();
  }

  @Test
  void shouldKnowItsNextRange() {
    own.add(100, 120, 7, 2, 0);

    assertThat(own.nextStart()).isEqualTo(100);
    assertThat(own.nextEnd()).isEqualTo(120);
    assertThat(own.nextFirstLine()).isEqualTo(7);
    assertThat(own.nextLastLine()).isEqualTo(8);
    assertThat(own.lines()).isEqualTo(2);
  }

  @Test
  void shouldMergeAdjacentRanges() {
    own.add(100, 120, 7, 2, 0);
    own.add(120, 130, 9, 1, 0);

    assertThat(own.nextEnd()).isEqualTo(130);
    assertThat(own.nextLastLine()).isEqualTo(9);
    own.removeNext();
    assertThat(own.isEmpty()).isTrue();
  }

  @Test
  void shouldKeepRangesApartThatAreNotAdjacent() {
    own.add(100, 120, 7, 2, 0);
    own.add(121, 130, 10, 1, 0);

    assertThat(own.nextEnd()).isEqualTo(120);
    own.removeNext();
    assertThat(own.nextStart()).isEqualTo(121);
  }

  @Test
  void shouldNotMergeWithARangeThatIsBehind() {
    own.add(100, 120, 7, 2, 0);
    own.removeNext();
    own.add(120, 130, 9, 1, 0);

    assertThat(own.nextStart()).isEqualTo(120);
    assertThat(own.lines()).isEqualTo(1);
  }

  @Test
  void shouldRemoveEveryRangeBeforeAPlace() {
    own.add(100, 120, 7, 2, 0);
    own.add(200, 210, 12, 1, 0);
    own.add(300, 310, 20, 1, 0);

    assertThat(own.removeBefore(250, 15)).isEqualTo(3);
    assertThat(own.nextStart()).isEqualTo(300);
  }

  @Test
  void shouldCutARangeThatAPlaceLiesIn() {
    own.add(100, 150, 7, 5, 0);

    assertThat(own.removeBefore(120, 8)).isEqualTo(2);
    assertThat(own.nextStart()).isEqualTo(120);
    assertThat(own.nextEnd()).isEqualTo(150);
    assertThat(own.nextFirstLine()).isEqualTo(9);
    assertThat(own.lines()).isEqualTo(3);
  }

  @Test
  void shouldKeepARangeThatBeginsAtAPlace() {
    own.add(100, 120, 7, 2, 0);

    assertThat(own.removeBefore(100, 6)).isZero();
    assertThat(own.nextStart()).isEqualTo(100);
  }

  @Test
  void shouldBehaveAsAQueueOfLinesWhateverIsAddedAndRemoved() {
    for (int seed = 0; seed < 200; seed++) {
      compareWithQueue(new Random(seed));
    }
  }

  /** Lines of 10 bytes, so that line n is [10n, 10n + 10). */
  private static void compareWithQueue(Random random) {
    OwnLines ranges = new OwnLines();
    ArrayDeque<Long> queue = new ArrayDeque<>();
    long line = 1;
    for (int i = 0; i < 300; i++) {
      if (random.nextInt(3) > 0) {
        line += random.nextInt(2);
        int lines = 1 + random.nextInt(3);
        ranges.add(10 * line, 10 * (line + lines), line, lines, 0);
        for (int j = 0; j < lines; j++) {
          queue.add(line++);
        }
      } else {
        long place = queue.isEmpty() ? line : queue.peek() + random.nextInt(6);
        long removed = ranges.removeBefore(10 * place, place - 1);
        for (; !queue.isEmpty() && queue.peek() < place; removed--) {
          queue.remove();
        }
        assertThat(removed).isZero();
      }
      assertThat(ranges.lines()).isEqualTo(queue.size());
      assertThat(ranges.nextStart())
          .isEqualTo(queue.isEmpty() ? Long.MAX_VALUE : 10 * queue.peek());
    }
  }
}
