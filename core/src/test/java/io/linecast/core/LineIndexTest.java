package io.linecast.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Places in a segment, of which several may have the same offset. */
class LineIndexTest {

  private final LineIndex index = new LineIndex(8192);

  @Test
  void shouldBeDueAtTheBeginningAndEvery4KiB() {
    assertThat(index.isDue(0)).isTrue();
    index.add(0, 0, 0);
    assertThat(index.isDue(4095)).isFalse();
    assertThat(index.isDue(4096)).isTrue();
    assertThat(index.endsAt(0)).isTrue();
    assertThat(index.endsAt(1)).isFalse();
  }

  @Test
  void shouldFindTheLastPlaceOfAnOffset() {
    index.add(0, 0, 0);
    index.add(10, 5, 0);
    index.add(10, 8, 3);
    index.add(30, 9, 3);

    assertThat(index.atOrBefore(9)).isZero();
    assertThat(index.atOrBefore(10)).isEqualTo(2);
    assertThat(index.atOrBefore(29)).isEqualTo(2);
    assertThat(index.atOrBefore(1000)).isEqualTo(3);
  }

  @Test
  void shouldFindTheLastPlaceBeforeALine() {
    index.add(0, 0, 0);
    index.add(10, 5, 0);
    index.add(10, 8, 3);

    assertThat(index.atOrBeforeLine(4)).isZero();
    assertThat(index.atOrBeforeLine(5)).isEqualTo(1);
    assertThat(index.atOrBeforeLine(7)).isEqualTo(1);
    assertThat(index.atOrBeforeLine(8)).isEqualTo(2);
  }

  @Test
  void shouldFindWhereVoidNumbersComeNext() {
    index.add(0, 0, 0);
    index.add(4096, 40, 0);
    index.add(5000, 50, 0);
    index.add(5000, 52, 2);
    index.add(6000, 60, 2);

    assertThat(index.lastWithVoidsOf(0)).isEqualTo(2);
    assertThat(index.lastWithVoidsOf(3)).isEqualTo(4);
  }

  @Test
  void shouldGrowWhereItMust() {
    int places = 1000;
    for (int i = 0; i < places; i++) {
      index.add(i, 2L * i, i);
    }

    assertThat(index.size()).isEqualTo(places);
    for (int i = 0; i < places; i++) {
      assertThat(index.atOrBefore(i)).isEqualTo(i);
      assertThat(index.line(i)).isEqualTo(2L * i);
      assertThat(index.voids(i)).isEqualTo(i);
    }
  }
}
