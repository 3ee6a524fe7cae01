package io.linecast.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ByteLinesTest {

  private static final int MOST = 10;

  @ParameterizedTest
  @CsvSource({
    "'', ''",
    "'a|', 'a'",
    "'a', 'a'",
    "'|', ''",
    "'a|b', 'a,b'",
    "'a||b|', 'a,,b'",
    "'a\r|\0\t\u00ff|', 'a\r,\0\t\u00ff'",
  })
  void shouldSplitByteForByteAndTakeAnUnfinishedLineForALine(String input, String lines)
      throws IOException {
    List<String> expected = input.isEmpty() ? List.of() : List.of(lines.split(",", -1));
    for (int chunk = 1; chunk <= 4; chunk++) {
      assertThat(read(input.replace('|', '\n'), chunk))
          .as("in chunks of %d", chunk)
          .isEqualTo(expected);
    }
  }

  @Test
  void shouldPassOverALineThatIsTooLongAndKnowItsLength() throws IOException {
    for (int chunk = 1; chunk <= 30; chunk += 7) {
      ByteLines lines = lines("0123456789\n0123456789a\nb\n" + "c".repeat(200_000), chunk);
      assertThat(lines.next(MOST)).isTrue();
      assertThat(lines.isTooLong()).isFalse();
      assertThat(lines.next(MOST)).isTrue();
      assertThat(lines.isTooLong()).isTrue();
      assertThat(lines.lengthBytes()).isEqualTo(11);
      assertThat(lines.next(MOST)).isTrue();
      assertThat(lines.line()).containsExactly('b');
      assertThat(lines.next(MOST)).isTrue();
      assertThat(lines.isTooLong()).isTrue();
      assertThat(lines.lengthBytes()).isEqualTo(200_000);
      assertThat(lines.next(MOST)).isFalse();
    }
  }

  @Test
  void shouldSayBeforeItWaitsAndOnlyThen() throws IOException {
    List<String> told = new ArrayList<>();
    ByteLines lines = new ByteLines(new Chunks("a\nb\nc", 4), () -> told.add("waits"));
    assertThat(lines.next(MOST)).isTrue();
    assertThat(lines.next(MOST)).isTrue();
    assertThat(told).as("before the first chunk").hasSize(1);
    assertThat(lines.next(MOST)).isTrue();
    assertThat(told).as("before the second, and before the end").hasSizeGreaterThan(1);
  }

  private static List<String> read(String input, int chunk) throws IOException {
    List<String> found = new ArrayList<>();
    ByteLines lines = lines(input, chunk);
    while (lines.next(MOST)) {
      found.add(new String(lines.line(), ISO_8859_1));
    }
    return found;
  }

  private static ByteLines lines(String input, int chunk) {
    return new ByteLines(new Chunks(input, chunk), () -> {});
  }

  /** Gives a few bytes at a time, and never says that there are more. */
  private static final class Chunks extends InputStream {
    private final ByteArrayInputStream bytes;
    private final int chunk;

    Chunks(String text, int chunk) {
      this.bytes = new ByteArrayInputStream(text.getBytes(ISO_8859_1));
      this.chunk = chunk;
    }

    @Override
    public int read() {
      return bytes.read();
    }

    @Override
    public int read(byte[] into, int offset, int length) {
      return bytes.read(into, offset, Math.min(length, chunk));
    }
  }
}
