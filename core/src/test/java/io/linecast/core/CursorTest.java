package io.linecast.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;

class CursorTest {

  private final Cursor cursor = new Cursor(new Head(100, 10));

  @Test
  void shouldBeginAtItsPlace() {
    assertThat(cursor.position()).isEqualTo(100);
    assertThat(cursor.line()).isEqualTo(10);
  }

  @Test
  void shouldSayHowManyLinesItPassed() {
    assertThat(cursor.moveTo(150, 13, 0)).isEqualTo(3);
    assertThat(cursor.position()).isEqualTo(150);
    assertThat(cursor.line()).isEqualTo(13);
  }

  @Test
  void shouldNotCountVoidNumbersAsLines() {
    assertThat(cursor.moveTo(150, 13, 2)).isEqualTo(1);
    assertThat(cursor.line()).isEqualTo(13);
    assertThat(cursor.lines()).isEqualTo(11);
    assertThat(cursor.skipTo(new Head(200, 20, 5))).isEqualTo(4);
  }

  @Test
  void shouldGoAroundOwnLinesAndVoidNumbersBeforeThemThatHaveNoBytes() {
    cursor.addOwn(100, 130, 14, 2, 3);

    assertThat(cursor.passOwn()).isTrue();
    assertThat(cursor.position()).isEqualTo(130);
    assertThat(cursor.line()).isEqualTo(15);
    assertThat(cursor.lines()).isEqualTo(12);
  }

  @Test
  void shouldNotPassVoidNumbersBeforeOwnLinesThatAreStillToBeTold() {
    cursor.addOwn(115, 130, 14, 2, 3);

    assertThat(cursor.passOwn()).isFalse();
    assertThat(cursor.lineBeforeNextOwn()).isEqualTo(13);
    assertThat(cursor.voidsBeforeNextOwn()).isEqualTo(3);
  }

  @Test
  void shouldKnowOfNoOwnLinesWhileItOnlyListens() {
    assertThat(cursor.nextOwnStart()).isEqualTo(Long.MAX_VALUE);
    assertThat(cursor.ownLinesAhead()).isZero();
    assertThat(cursor.passOwn()).isFalse();
    assertThatIllegalStateException().isThrownBy(cursor::lineBeforeNextOwn);
  }

  @Test
  void shouldGoAroundOwnLinesThatBeginHere() {
    cursor.addOwn(100, 130, 11, 2, 0);

    assertThat(cursor.passOwn()).isTrue();
    assertThat(cursor.position()).isEqualTo(130);
    assertThat(cursor.line()).isEqualTo(12);
    assertThat(cursor.ownLinesAhead()).isZero();
  }

  @Test
  void shouldGoAroundOwnLinesThatComeNextInAnotherSegment() {
    cursor.addOwn(128, 150, 11, 2, 0);

    assertThat(cursor.passOwn()).isTrue();
    assertThat(cursor.position()).isEqualTo(150);
  }

  @Test
  void shouldNotGoAroundOwnLinesThatComeLater() {
    cursor.addOwn(120, 130, 12, 1, 0);

    assertThat(cursor.passOwn()).isFalse();
    assertThat(cursor.nextOwnStart()).isEqualTo(120);
    assertThat(cursor.lineBeforeNextOwn()).isEqualTo(11);
  }

  @Test
  void shouldCountOnlyTheLinesOfOthersThatItSkips() {
    cursor.addOwn(110, 130, 11, 2, 0);

    assertThat(cursor.skipTo(new Head(200, 20))).isEqualTo(8);
    assertThat(cursor.position()).isEqualTo(200);
    assertThat(cursor.line()).isEqualTo(20);
  }

  @Test
  void shouldStillGoAroundTheRestOfOwnLinesThatItSkippedInto() {
    cursor.addOwn(110, 160, 11, 5, 0);

    assertThat(cursor.skipTo(new Head(130, 12))).isZero();
    assertThat(cursor.passOwn()).isTrue();
    assertThat(cursor.position()).isEqualTo(160);
    assertThat(cursor.line()).isEqualTo(15);
  }
}
