package io.linecast.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LineLengthsTest {
  private final LineLengths numbered = LineLengths.numbered(26);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 8, 9, 10, 11, 95, 99, 100, 998, 999_990, 1_000_000})
  void shouldKnowTheBytesOfLinesWhoseNumbersGrow(long first) {
    long bytes = 0;
    for (int lines = 0; lines < 1_200; lines++) {
      assertThat(numbered.bytes(first, lines)).as("%d lines", lines).isEqualTo(bytes);
      bytes += "LINE %d 0123456789012345678\n".formatted(first + lines).length();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 9, 10, 97, 99_999, 123_456_789_012L})
  void shouldKnowHowManyWholeLinesBytesAre(long first) {
    for (int lines = 0; lines < 1_200; lines++) {
      long bytes = numbered.bytes(first, lines);
      assertThat(numbered.lines(first, bytes)).isEqualTo(lines);
      assertThat(numbered.lines(first, bytes + 1)).isEqualTo(lines);
      assertThat(numbered.lines(first, numbered.bytes(first, lines + 1) - 1)).isEqualTo(lines);
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 100000000", "7, 12345678", "999999999, 40000001"})
  void shouldCountLongRunsToo(long first, long lines) {
    assertThat(numbered.lines(first, numbered.bytes(first, lines))).isEqualTo(lines);
  }

  @ParameterizedTest
  @CsvSource({"4, 7", "4, 8", "4, 12", "4, 250", "4, 4092", "9, 300", "8, 12"})
  void shouldKnowTheBytesOfChunksWhoseSizesGrow(int firstDigits, int aroundNumber) {
    LineLengths chunks = new LineLengths(aroundNumber + 4, true, aroundNumber);
    long first = Long.parseLong("9".repeat(firstDigits)) - 600;
    long bytes = 0;
    for (int lines = 0; lines < 1_200; lines++) {
      assertThat(chunks.bytes(first, lines)).as("%d lines", lines).isEqualTo(bytes);
      assertThat(chunks.lines(first, bytes)).isEqualTo(lines);
      int size = aroundNumber + Long.toString(first + lines).length();
      bytes += "%x\r\n\r\n".formatted(size).length() + size;
      assertThat(chunks.lines(first, bytes - 1)).isEqualTo(lines);
    }
  }

  @Test
  void shouldCountLinesWithoutNumbers() {
    LineLengths plain = LineLengths.same(20);

    assertThat(plain.bytes(0, 7)).isEqualTo(140);
    assertThat(plain.lines(0, 159)).isEqualTo(7);
  }
}
