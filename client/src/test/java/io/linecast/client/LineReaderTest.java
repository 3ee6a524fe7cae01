package io.linecast.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineReaderTest {

  /** Hands out a few bytes at a time. */
  private static InputStream inPieces(String text, int bytes) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1)) {
      @Override
      public synchronized int read(byte[] to, int from, int length) {
        return super.read(to, from, Math.min(length, bytes));
      }
    };
  }

  private static List<String> lines(LineReader reader) throws IOException {
    List<String> lines = new ArrayList<>();
    do {
      while (reader.next()) {
        byte[] line = new byte[reader.lineEnd() - reader.lineStart()];
        reader.bytes().get(reader.lineStart(), line);
        lines.add(new String(line, StandardCharsets.ISO_8859_1));
      }
    } while (reader.fill());
    return lines;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 1000})
  void shouldFindEachLineHoweverItComes(int pieces) throws IOException {
    LineReader reader = new LineReader(inPieces("one\n\ntwo\r\nthree\nhalf", pieces), 100);
    assertThat(lines(reader)).containsExactly("one", "", "two\r", "three");
  }

  @Test
  void shouldGrowForALongLine() throws IOException {
    String line = "x".repeat(300_000);
    LineReader reader = new LineReader(inPieces("a\n" + line + "\nb\n", 50_000), 300_001);
    assertThat(lines(reader)).containsExactly("a", line, "b");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 10, 49, 1000})
  void shouldRefuseALineThatIsTooLongHoweverItComes(int pieces) {
    LineReader reader = new LineReader(inPieces("a\n" + "x".repeat(50) + "\nb\n", pieces), 50);
    assertThatThrownBy(() -> lines(reader))
        .isInstanceOf(ClientException.class)
        .hasMessageContaining("more than 50 bytes");
  }
}
