package io.linecast.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Places in a segment that has numbers without lines: a, b, void 13 to 15, c, void 17. */
class VoidSegmentTest {

  private static final long POSITION = 4096;
  private static final long LINE_BEFORE = 10;

  private final ObservedMemory memory = new ObservedMemory();

  private Segment filled(BasicEncoding encoding) {
    Segment segment = new Segment(memory, POSITION, LINE_BEFORE, 4096);
    segment.append(line(encoding, 11, "a"), 1);
    segment.append(line(encoding, 12, "b"), 1);
    segment.appendVoid(encoding.encodedVoid(13, 15), 3);
    segment.append(line(encoding, 16, "c"), 1);
    segment.appendVoid(encoding.encodedVoid(17, 17), 1);
    return segment;
  }

  private static ByteBuffer line(BasicEncoding encoding, long number, String text) {
    return Lines.bytes(encoding.tellsGaps() ? "LINE " + number + " " + text + "\n" : text + "\n");
  }

  @ParameterizedTest
  @EnumSource
  void shouldCountNumbersAndVoids(BasicEncoding encoding) {
    Segment segment = filled(encoding);

    assertThat(segment.lineBehind()).isEqualTo(17);
    assertThat(segment.voidsBehind()).isEqualTo(4);
    assertThat(segment.linesBefore(segment.usedBytes(), encoding)).isEqualTo(LINE_BEFORE + 3);
  }

  @Test
  void shouldHaveTwoPlacesWhereVoidNumbersHaveNoBytes() {
    Segment segment = filled(BasicEncoding.PLAIN);

    assertThat(segment.placeBehindLineAt(0, BasicEncoding.PLAIN)).isEqualTo(place(2, 11, 0));
    assertThat(segment.placeBehindLineAt(2, BasicEncoding.PLAIN)).isEqualTo(place(4, 12, 0));
    assertThat(segment.placeBehindLineAt(4, BasicEncoding.PLAIN)).isEqualTo(place(6, 16, 3));
    assertThat(segment.placeBehind(12, 6, BasicEncoding.PLAIN)).isEqualTo(place(4, 12, 0));
    assertThat(segment.placeBehind(14, 6, BasicEncoding.PLAIN)).isEqualTo(place(4, 12, 0));
    assertThat(segment.placeBehind(15, 6, BasicEncoding.PLAIN)).isEqualTo(place(4, 15, 3));
    assertThat(segment.placeBehindVoid(12)).isEqualTo(place(4, 15, 3));
    assertThat(segment.placeBehindVoid(14)).isEqualTo(place(4, 15, 3));
    assertThat(segment.voidsTo(4, 12)).isEqualTo(15);
    assertThat(segment.voidsTo(4, 15)).isEqualTo(15);
    assertThat(segment.voidsTo(6, 16)).isEqualTo(17);
    assertThat(segment.voidsTo(2, 11)).isEqualTo(11);
    assertThat(segment.nextVoidBehind(0)).isEqualTo(4);
    assertThat(segment.nextVoidBehind(4)).isEqualTo(6);
    assertThat(segment.nextVoidBehind(6)).isEqualTo(4096);
  }

  @Test
  void shouldHaveThemBetweenLinesWhereTheyAreTold() {
    Segment segment = filled(BasicEncoding.NUMBERED);
    int line = "LINE 11 a\n".length();
    int gap = "GAP 13 15 void\n".length();

    assertThat(segment.placeBehindLineAt(2 * line - 1, BasicEncoding.NUMBERED))
        .isEqualTo(place(2 * line, 12, 0));
    for (int i = 0; i < gap; i++) {
      assertThat(segment.placeBehindLineAt(2 * line + i, BasicEncoding.NUMBERED))
          .isEqualTo(place(2 * line + gap, 15, 3));
    }
    assertThat(segment.placeBehindLineAt(2 * line + gap, BasicEncoding.NUMBERED))
        .isEqualTo(place(3 * line + gap, 16, 3));
    assertThat(segment.placeBehindLineAt(3 * line + gap, BasicEncoding.NUMBERED))
        .isEqualTo(place(segment.usedBytes(), 17, 4));
    assertThat(segment.linesBefore(2 * line + 1, BasicEncoding.NUMBERED)).isEqualTo(12);
  }

  private static Head place(int offset, long line, long voids) {
    return new Head(POSITION + offset, line, voids);
  }
}
