package io.linecast.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class FrameTest {

  @Test
  void shouldPutANumberOfConstantLengthIntoItsPrefix() {
    Frame frame = Dialect.ACK.leaving(20);
    byte[] bytes = new byte[frame.sizeBytes(20)];
    int line = frame.putAround(bytes, 0, 20);
    frame.putNumber(bytes, 0, 1_042);

    assertThat(new String(bytes, 0, line, StandardCharsets.US_ASCII)).isEqualTo("SEND 0000001042 ");
    assertThat(bytes).hasSize(line + 20);
  }

  @Test
  void shouldLeaveAPrefixWithoutANumberAlone() {
    byte[] bytes = new byte[100];
    Arrays.fill(bytes, (byte) 'x');
    byte[] before = bytes.clone();

    Frame.NONE.putNumber(bytes, 50, 7);

    assertThat(bytes).isEqualTo(before);
  }
}
