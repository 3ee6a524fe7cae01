package io.linecast.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineFormatTest {
  private static final int TAG = 1234;

  @ParameterizedTest
  @ValueSource(ints = {18, 19, 20, 64, 1024})
  void shouldReadBackWhatItWrote(int lineBytes) {
    LineFormat format = new LineFormat(lineBytes, TAG);
    byte[] bytes = new byte[lineBytes + 3];

    format.encode(bytes, 3, 9_876_543_210L, 3_999, 1_000_007);

    assertThat(format.isWhole(bytes, 3)).isTrue();
    assertThat(format.isOfThisRun(bytes, 3)).isTrue();
    assertThat(format.timeNanos(bytes, 3)).isEqualTo(9_876_543_210L);
    assertThat(format.sender(bytes, 3)).isEqualTo(3_999);
    assertThat(format.sequence(bytes, 3)).isEqualTo(1_000_007);
  }

  @Test
  void shouldReadBackTheLargestValues() {
    LineFormat format = new LineFormat(20, LineFormat.TAG_MAX);
    byte[] bytes =
        line(format, LineFormat.TIME_NANOS_MAX, LineFormat.SENDER_MAX, LineFormat.SEQUENCE_MAX);

    assertThat(format.isOfThisRun(bytes, 0)).isTrue();
    assertThat(format.timeNanos(bytes, 0)).isEqualTo(LineFormat.TIME_NANOS_MAX);
    assertThat(format.sender(bytes, 0)).isEqualTo(LineFormat.SENDER_MAX);
    assertThat(format.sequence(bytes, 0)).isEqualTo(LineFormat.SEQUENCE_MAX);
  }

  @Test
  void shouldEndALineWithItsOnlyLineFeed() {
    String line = new String(line(new LineFormat(40, TAG), 1, 2, 3), StandardCharsets.US_ASCII);

    assertThat(line).hasSize(40).endsWith("\n").containsOnlyOnce("\n");
  }

  @Test
  void shouldNotTakeAnyOtherByteForALine() {
    LineFormat format = new LineFormat(24, TAG);
    for (int i = 0; i < format.lineBytes(); i++) {
      byte[] bytes = line(format, 1, 2, 3);
      bytes[i] = '!';
      assertThat(format.isWhole(bytes, 0)).as("byte %d changed", i).isFalse();
    }
  }

  @Test
  void shouldNotTakePiecesOfTwoLinesForOne() {
    LineFormat format = new LineFormat(32, TAG);
    byte[] bytes = line(format, 1, 2, 3);
    byte[] other = line(format, 1, 2, 4);
    System.arraycopy(other, 20, bytes, 20, 12);

    assertThat(format.isWhole(bytes, 0)).isFalse();
  }

  @Test
  void shouldTellAnotherRunsLine() {
    byte[] bytes = line(new LineFormat(20, TAG + 1), 1, 2, 3);

    assertThat(new LineFormat(20, TAG).isWhole(bytes, 0)).isTrue();
    assertThat(new LineFormat(20, TAG).isOfThisRun(bytes, 0)).isFalse();
  }

  @Test
  void shouldRefuseALineTooShortForItsFields() {
    assertThatThrownBy(() -> new LineFormat(LineFormat.LINE_BYTES_MIN - 1, TAG))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static byte[] line(LineFormat format, long timeNanos, int sender, int sequence) {
    byte[] bytes = new byte[format.lineBytes()];
    format.encode(bytes, 0, timeNanos, sender, sequence);
    return bytes;
  }
}
