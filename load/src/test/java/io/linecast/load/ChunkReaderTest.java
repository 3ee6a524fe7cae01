package io.linecast.load;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChunkReaderTest {
  private final ChunkReader reader = new ChunkReader();

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 1_000})
  void shouldFindChunksInPiecesOfAnySize(int pieceBytes) {
    String large = "x".repeat(0x1a3);
    String body = "5\r\nhello\r\n2\r\n\r\n\r\n1a3\r\n" + large + "\r\n1A3\r\n" + large + "\r\n";

    assertThat(chunks(body + "0\r\n\r\n", pieceBytes))
        .containsExactly("hello", "\r\n", large, large, "");
    assertThat(reader.isBetween()).isTrue();
  }

  @Test
  void shouldStopBehindAChunk() {
    byte[] bytes = "2\r\nab\r\n3\r\ncde\r\n".getBytes(US_ASCII);

    assertThat(reader.read(bytes, 0, bytes.length)).isEqualTo(7);
    assertThat(reader.isWhole()).isTrue();
    assertThat(reader.read(bytes, 7, bytes.length)).isEqualTo(bytes.length);
    assertThat(new String(reader.chunk(), 0, reader.size(), US_ASCII)).isEqualTo("cde");
  }

  @Test
  void shouldKnowThatAChunkHasBegun() {
    chunks("5\r\nhel", 1);

    assertThat(reader.isBetween()).isFalse();
    assertThat(reader.isWhole()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hello\n",
        "\r\n",
        "-1\r\n",
        "1g\r\n",
        "2\n",
        "2\r\nabc\r\n",
        "2\r\nab\n",
        "2\r\nab\rx",
        "fffffff\r\n",
        "1ffffffff\r\n",
        "80000000\r\n"
      })
  void shouldGiveUpOnWhatIsNoChunk(String words) {
    assertThat(chunks(words + "1\r\na\r\n", 1)).isEmpty();
    assertThat(reader.isBroken()).isTrue();
    assertThat(reader.isBetween()).isFalse();
  }

  private List<String> chunks(String body, int pieceBytes) {
    List<String> found = new ArrayList<>();
    byte[] bytes = body.getBytes(US_ASCII);
    for (int begin = 0; begin < bytes.length; begin += pieceBytes) {
      int end = Math.min(bytes.length, begin + pieceBytes);
      int position = begin;
      while (position < end) {
        position = reader.read(bytes, position, end);
        if (reader.isWhole()) {
          found.add(new String(reader.chunk(), 0, reader.size(), US_ASCII));
        }
      }
    }
    return found;
  }
}
