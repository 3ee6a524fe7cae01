package io.linecast.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every search is compared with the loop anybody would write. */
class LineFeedsTest {

  private static final int RANDOM_BUFFERS = 400;
  private static final int LONGEST_BUFFER_BYTES = 70;

  /** What a wide step could take for a line feed: one bit off, one up, one down, the extremes. */
  private static final byte[] LOOKALIKES = {
    0x0A, 0x0B, 0x09, (byte) 0x8A, 0x2A, 0x1A, 0x0E, 0x08, 0x00, 0x7F, (byte) 0x80, (byte) 0xFF
  };

  static Stream<ByteOrder> byteOrders() {
    return Stream.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN);
  }

  @ParameterizedTest
  @MethodSource("byteOrders")
  void shouldFindTheFirstLineFeedOfEveryRange(ByteOrder order) {
    forEveryRange(
        order,
        (bytes, from, to) ->
            assertThat(LineFeeds.indexOf(bytes, from, to))
                .as("indexOf in [%d, %d)", from, to)
                .isEqualTo(firstByLoop(bytes, from, to)));
  }

  @ParameterizedTest
  @MethodSource("byteOrders")
  void shouldFindTheLastLineFeedOfEveryRange(ByteOrder order) {
    forEveryRange(
        order,
        (bytes, from, to) ->
            assertThat(LineFeeds.lastIndexOf(bytes, from, to))
                .as("lastIndexOf in [%d, %d)", from, to)
                .isEqualTo(lastByLoop(bytes, from, to)));
  }

  @ParameterizedTest
  @MethodSource("byteOrders")
  void shouldCountTheLineFeedsOfEveryRange(ByteOrder order) {
    forEveryRange(
        order,
        (bytes, from, to) ->
            assertThat(LineFeeds.count(bytes, from, to))
                .as("count in [%d, %d)", from, to)
                .isEqualTo(countByLoop(bytes, from, to)));
  }

  @ParameterizedTest
  @MethodSource("byteOrders")
  void shouldNotTakeAnyOtherByteForALineFeed(ByteOrder order) {
    ByteBuffer bytes = ByteBuffer.allocate(256 + 16).order(order);
    for (int i = 0; i < bytes.capacity(); i++) {
      bytes.put(i, (byte) i);
    }

    assertThat(LineFeeds.count(bytes, 0, 256)).isEqualTo(1);
    assertThat(LineFeeds.indexOf(bytes, 0, 256)).isEqualTo(0x0A);
    assertThat(LineFeeds.lastIndexOf(bytes, 0, 256)).isEqualTo(0x0A);
  }

  @Test
  void shouldNotBeMisledByALookalikeNextToALineFeed() {
    for (byte neighbour : LOOKALIKES) {
      for (int at = 0; at < 24; at++) {
        ByteBuffer bytes = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < 24; i++) {
          bytes.put(i, neighbour == LineFeeds.LF ? (byte) 0x0B : neighbour);
        }
        bytes.put(at, LineFeeds.LF);

        assertThat(LineFeeds.indexOf(bytes, 0, 24)).isEqualTo(at);
        assertThat(LineFeeds.lastIndexOf(bytes, 0, 24)).isEqualTo(at);
        assertThat(LineFeeds.count(bytes, 0, 24)).isEqualTo(1);
      }
    }
  }

  @Test
  void shouldFindNothingInAnEmptyRange() {
    ByteBuffer bytes = ByteBuffer.wrap("\n\n\n".getBytes(StandardCharsets.US_ASCII));

    assertThat(LineFeeds.indexOf(bytes, 1, 1)).isEqualTo(-1);
    assertThat(LineFeeds.lastIndexOf(bytes, 1, 1)).isEqualTo(-1);
    assertThat(LineFeeds.count(bytes, 1, 1)).isZero();
  }

  @Test
  void shouldLeavePositionAndLimitAlone() {
    ByteBuffer bytes = ByteBuffer.allocate(32).order(ByteOrder.LITTLE_ENDIAN).position(5).limit(30);

    LineFeeds.indexOf(bytes, 0, 30);
    LineFeeds.lastIndexOf(bytes, 0, 30);
    LineFeeds.count(bytes, 0, 30);

    assertThat(bytes.position()).isEqualTo(5);
    assertThat(bytes.limit()).isEqualTo(30);
  }

  @Test
  void shouldSearchMemoryOutsideTheHeapAlike() {
    ByteBuffer bytes = ByteBuffer.allocateDirect(40).order(ByteOrder.LITTLE_ENDIAN);
    bytes.put(3, LineFeeds.LF).put(20, LineFeeds.LF).put(39, LineFeeds.LF);

    assertThat(LineFeeds.indexOf(bytes, 4, 40)).isEqualTo(20);
    assertThat(LineFeeds.lastIndexOf(bytes, 0, 39)).isEqualTo(20);
    assertThat(LineFeeds.count(bytes, 0, 40)).isEqualTo(3);
  }

  private interface RangeCheck {
    void check(ByteBuffer bytes, int from, int to);
  }

  /** Random buffers rich in line feeds and lookalikes; of each, random ranges at any alignment. */
  private static void forEveryRange(ByteOrder order, RangeCheck check) {
    for (int seed = 0; seed < RANDOM_BUFFERS; seed++) {
      Random random = new Random(seed);
      ByteBuffer bytes = ByteBuffer.allocate(random.nextInt(LONGEST_BUFFER_BYTES)).order(order);
      int rarity = 1 + random.nextInt(12);
      for (int i = 0; i < bytes.capacity(); i++) {
        int which = random.nextInt(rarity) == 0 ? 0 : random.nextInt(LOOKALIKES.length);
        bytes.put(i, LOOKALIKES[which]);
      }
      for (int from = 0; from <= bytes.capacity(); from += 1 + random.nextInt(3)) {
        for (int to = from; to <= bytes.capacity(); to += 1 + random.nextInt(3)) {
          check.check(bytes, from, to);
        }
      }
    }
  }

  private static int firstByLoop(ByteBuffer bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes.get(i) == '\n') {
        return i;
      }
    }
    return -1;
  }

  private static int lastByLoop(ByteBuffer bytes, int from, int to) {
    for (int i = to - 1; i >= from; i--) {
      if (bytes.get(i) == '\n') {
        return i;
      }
    }
    return -1;
  }

  private static int countByLoop(ByteBuffer bytes, int from, int to) {
    int lines = 0;
    for (int i = from; i < to; i++) {
      lines += bytes.get(i) == '\n' ? 1 : 0;
    }
    return lines;
  }
}
