package io.linecast.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A segment of 64 KiB, so that its index has many entries. */
class SegmentTest {

  private static final int CAPACITY_BYTES = 64 * 1024;
  private static final int INDEX_STEP_BYTES = 4096;
  private static final int LONGEST_LINE_BYTES = 200;
  private static final long POSITION = 7L * CAPACITY_BYTES;
  private static final long LINE_BEFORE = 1_000;

  private final ObservedMemory memory = new ObservedMemory();
  private Segment segment;

  /** Where each line begins; the last entry is the end of the last line. */
  private final List<Integer> starts = new ArrayList<>();

  @BeforeEach
  void fillSegment() {
    segment = new Segment(memory, POSITION, LINE_BEFORE, CAPACITY_BYTES);
    Random random = new Random(1);
    starts.add(0);
    for (int room = CAPACITY_BYTES; ; ) {
      String line = Lines.ofLength(1 + random.nextInt(LONGEST_LINE_BYTES));
      room -= line.length();
      if (room < 0) {
        return;
      }
      segment.append(Lines.bytes(line), 1);
      starts.add(starts.getLast() + line.length());
    }
  }

  @Test
  void shouldKnowThePlaceBehindTheLineOfEveryByte() {
    int line = 0;
    for (int offset = 0; offset < starts.getLast(); offset++) {
      if (offset == starts.get(line + 1)) {
        line++;
      }
      assertThat(segment.placeBehindLineAt(offset, BasicEncoding.PLAIN)).isEqualTo(place(line + 1));
    }
  }

  @Test
  void shouldFindThePlaceBehindEveryLine() {
    for (int line = 0; line < starts.size(); line++) {
      assertThat(segment.placeBehind(LINE_BEFORE + line, segment.usedBytes(), BasicEncoding.PLAIN))
          .isEqualTo(place(line));
    }
  }

  @Test
  void shouldHaveAnIndexedLineStartShortlyBeforeEveryByte() {
    int line = 0;
    for (int offset = 0; offset < starts.getLast(); offset++) {
      Head indexed = segment.indexedAtOrBefore(offset);
      line = (int) (indexed.line() - LINE_BEFORE);

      assertThat(indexed).isEqualTo(place(line));
      assertThat(POSITION + offset - indexed.position())
          .isBetween(0L, (long) INDEX_STEP_BYTES + LONGEST_LINE_BYTES);
    }
  }

  @Test
  void shouldKnowItsPlaceBeforeAnythingIsInIt() {
    Segment empty = new Segment(memory, POSITION + CAPACITY_BYTES, 5, CAPACITY_BYTES);

    assertThat(empty.indexedAtOrBefore(0)).isEqualTo(new Head(POSITION + CAPACITY_BYTES, 5));
  }

  @Test
  void shouldCountTheLinesOfARun() {
    Segment other = new Segment(memory, POSITION + CAPACITY_BYTES, 5, CAPACITY_BYTES);
    other.append(Lines.bytes("a\nb\n\n"), 3);

    assertThat(other.placeBehindLineAt(4, BasicEncoding.PLAIN))
        .isEqualTo(new Head(POSITION + CAPACITY_BYTES + 5, 8));
    assertThat(other.lineBehind()).isEqualTo(8);
  }

  @Test
  void shouldGiveItsMemoryBackWithTheLastReference() {
    assertThat(segment.retain()).isTrue();

    segment.release();
    assertThat(memory.takenBytes()).isEqualTo(CAPACITY_BYTES);
    segment.release();
    assertThat(memory.takenBytes()).isZero();
  }

  @Test
  void shouldNotComeBackOnceItIsGone() {
    segment.release();

    assertThat(segment.retain()).isFalse();
  }

  private Head place(int line) {
    return new Head(POSITION + starts.get(line), LINE_BEFORE + line);
  }
}
