package io.linecast.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FeedTest {

  private static final int SEGMENT_BYTES = 64;
  private static final int WINDOW_BYTES = 16 * SEGMENT_BYTES;

  private final ObservedMemory memory = new ObservedMemory();
  private Feed feed;

  /** Where each line begins, and its text. */
  private final List<Long> starts = new ArrayList<>();

  private final List<String> lines = new ArrayList<>();

  @BeforeEach
  void openFeed() {
    feed = memory.feed(WINDOW_BYTES, SEGMENT_BYTES);
  }

  @Test
  void shouldBeginEmpty() {
    assertThat(feed.head()).isEqualTo(Head.START);
  }

  @Test
  void shouldNotShowWhatIsNotPublished() {
    feed.append(Lines.bytes("one\n"), 1);

    assertThat(feed.head()).isEqualTo(Head.START);
    assertThat(feed.written()).isEqualTo(new Head(4, 1));
  }

  @Test
  void shouldMoveTheHeadBehindWhatIsPublished() {
    feed.append(Lines.bytes("one\ntwo\n"), 2);
    feed.publish();

    assertThat(feed.head()).isEqualTo(new Head(8, 2));
  }

  @Test
  void shouldSayWhereARunBegins() {
    feed.append(Lines.bytes("one\n"), 1);

    assertThat(feed.append(Lines.bytes("two\n"), 1)).isEqualTo(4);
  }

  @Test
  void shouldBeginANewSegmentWithARunThatDoesNotFit() {
    feed.append(Lines.bytes(Lines.ofLength(SEGMENT_BYTES - 1)), 1);

    assertThat(feed.append(Lines.bytes("two\n"), 1)).isEqualTo(SEGMENT_BYTES);
  }

  @Test
  void shouldFillASegmentToItsLastByte() {
    feed.append(Lines.bytes(Lines.ofLength(SEGMENT_BYTES - 4)), 1);
    feed.append(Lines.bytes("two\n"), 1);

    assertThat(feed.written()).isEqualTo(new Head(SEGMENT_BYTES, 2));
    assertThat(feed.keptBytes()).isEqualTo(SEGMENT_BYTES);
  }

  @Test
  void shouldNeverLetALineSpanSegments() {
    fill(500);

    for (int i = 0; i < lines.size(); i++) {
      long lastByte = starts.get(i) + lines.get(i).length() - 1;
      assertThat(lastByte / SEGMENT_BYTES).isEqualTo(starts.get(i) / SEGMENT_BYTES);
    }
  }

  @Test
  void shouldRefuseARunThatIsLargerThanASegment() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> feed.append(Lines.bytes(Lines.ofLength(SEGMENT_BYTES + 1)), 1))
        .withMessageContaining("65")
        .withMessageContaining("64");
  }

  @Test
  void shouldKeepEveryLineOfTheWindow() {
    fill(500);

    for (int i = lines.size() - 1; feed.head().position() - starts.get(i) <= WINDOW_BYTES; i--) {
      assertThat(read(starts.get(i), lines.get(i).length())).isEqualTo(lines.get(i));
    }
  }

  @Test
  void shouldTakeNoMoreMemoryThanTheWindowAndTwoSegments() {
    for (int i = 0; i < 500; i++) {
      fill(1);

      assertThat(feed.keptBytes()).isLessThanOrEqualTo(WINDOW_BYTES + 2 * SEGMENT_BYTES);
      assertThat(memory.takenBytes()).isEqualTo(feed.keptBytes());
    }
  }

  @Test
  void shouldNeedNoMoreMemoryForWhatItHasReserved() {
    Random random = new Random(5);
    for (int i = 0; i < 500; i++) {
      int[] runs = random.ints(1 + random.nextInt(6), 1, SEGMENT_BYTES + 1).toArray();
      feed.reserve(IntStream.of(runs).sum());
      memory.setRefusing(true);
      for (int run : runs) {
        feed.append(Lines.bytes(Lines.ofLength(run)), 1);
      }
      memory.setRefusing(false);
      feed.publish();
      assertThat(memory.takenBytes()).isEqualTo(feed.keptBytes());
    }
    feed.close();
    assertThat(memory.takenBytes()).isZero();
  }

  @Test
  void shouldGoOnWithWhatIsReservedWhenItBeginsAnew() {
    feed.append(Lines.bytes("one\n"), 1);
    feed.reserve(SEGMENT_BYTES);
    feed.restart(7);
    feed.append(Lines.bytes("eight\n"), 1);

    assertThat(feed.written()).isEqualTo(new Head(SEGMENT_BYTES + 6, 8));
    assertThat(memory.takenBytes()).isEqualTo(SEGMENT_BYTES);
  }

  @Test
  void shouldNotGiveASegmentThatIsDropped() {
    fill(500);

    assertThat(feed.retain(0)).isNull();
  }

  @Test
  void shouldKeepTheMemoryOfADroppedSegmentForWhoHoldsIt() {
    feed.append(Lines.bytes("kept\n"), 1);
    feed.publish();
    Segment held = feed.retain(0);
    fill(500);

    byte[] bytes = new byte[5];
    held.bytes().get(0, bytes);
    assertThat(bytes).asString(StandardCharsets.US_ASCII).isEqualTo("kept\n");
    assertThat(memory.takenBytes()).isEqualTo(feed.keptBytes() + SEGMENT_BYTES);
  }

  @Test
  void shouldGiveTheMemoryOfADroppedSegmentBackWithItsLastReference() {
    feed.append(Lines.bytes("kept\n"), 1);
    feed.publish();
    Segment held = feed.retain(0);
    Segment heldTwice = feed.retain(1);
    fill(500);

    held.release();
    assertThat(memory.takenBytes()).isEqualTo(feed.keptBytes() + SEGMENT_BYTES);
    heldTwice.release();
    assertThat(memory.takenBytes()).isEqualTo(feed.keptBytes());
  }

  @Test
  void shouldFindThePlaceBeforeTheLastLinesForEveryNumberOfThem() {
    fill(25);

    for (int last = 1; last <= lines.size(); last++) {
      int line = lines.size() - last;
      assertThat(feed.placeBeforeLast(last)).satisfies(place -> assertPlace(place, line));
    }
  }

  @Test
  void shouldPlaceBehindEverythingWhoWantsNoHistory() {
    fill(40);

    assertThat(feed.placeBeforeLast(0)).isEqualTo(feed.written());
  }

  @Test
  void shouldPlaceBeforeTheOldestKeptWhoWantsMore() {
    fill(500);

    Head place = feed.placeBeforeLast(Long.MAX_VALUE);

    assertPlace(place, (int) place.line());
    assertThat(feed.written().position() - place.position())
        .isBetween((long) WINDOW_BYTES, WINDOW_BYTES + 2L * SEGMENT_BYTES);
  }

  @Test
  void shouldFindALineStartNearEveryPositionKept() {
    fill(500);
    long oldest = feed.placeBeforeLast(Long.MAX_VALUE).position();

    for (long position = oldest; position < feed.head().position(); position++) {
      Head near = feed.lineStartNear(position);

      assertThat(near.position()).isBetween(position - SEGMENT_BYTES, position);
      assertPlace(near, (int) near.line());
    }
  }

  @Test
  void shouldFindTheOldestLineForAPositionThatIsGone() {
    fill(500);

    assertThat(feed.lineStartNear(0)).isEqualTo(feed.placeBeforeLast(Long.MAX_VALUE));
  }

  @Test
  void shouldGiveEverythingBackWhenItIsClosed() {
    fill(500);

    feed.close();

    assertThat(memory.takenBytes()).isZero();
  }

  /** Appends and publishes runs of a few random lines each. */
  private void fill(int runs) {
    Random random = new Random(lines.size());
    for (int i = 0; i < runs; i++) {
      StringBuilder run = new StringBuilder();
      int inRun = 1 + random.nextInt(4);
      List<Integer> offsets = new ArrayList<>();
      for (int j = 0; j < inRun; j++) {
        offsets.add(run.length());
        lines.add(Lines.ofLength(1 + random.nextInt(16)));
        run.append(lines.getLast());
      }
      long start = feed.append(Lines.bytes(run.toString()), inRun);
      offsets.forEach(offset -> starts.add(start + offset));
      feed.publish();
    }
  }

  /** A place before line {@code line}, counted from 0; either end of a segment's unused rest. */
  private void assertPlace(Head place, int line) {
    assertThat(place.line()).isEqualTo(line);
    long behindPrevious = line == 0 ? 0 : starts.get(line - 1) + lines.get(line - 1).length();
    assertThat(place.position()).isIn(starts.get(line), behindPrevious);
  }

  private String read(long position, int length) {
    Segment segment = feed.retain(position);
    byte[] bytes = new byte[length];
    segment.bytes().get((int) (position - segment.position()), bytes);
    segment.release();
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
