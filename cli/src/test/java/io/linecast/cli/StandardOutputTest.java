package io.linecast.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class StandardOutputTest {

  private final ByteArrayOutputStream file = new ByteArrayOutputStream();
  private final StandardOutput out = new StandardOutput(file);

  @Test
  void shouldHoldBackUntilItIsToldToFlush() throws IOException {
    out.write("line\n".getBytes(US_ASCII));
    assertThat(file.size()).isZero();
    out.flush();
    assertThat(file).hasToString("line\n");
  }

  @Test
  void shouldKeepTheOrderOfWhatDoesNotFitIntoItsBuffer() throws IOException {
    String longer = "x".repeat(1 << 20);
    out.write('a');
    out.write(longer.getBytes(US_ASCII));
    out.write('b');
    out.flush();
    assertThat(file).hasToString("a" + longer + "b");
  }

  @Test
  void shouldTellAReaderWhoIsGoneFromAFullDisk() {
    assertThat(StandardOutput.isReaderGone(new IOException("Broken pipe"))).isTrue();
    assertThat(StandardOutput.isReaderGone(new IOException("No space left on device"))).isFalse();
    assertThat(StandardOutput.isReaderGone(new IOException((String) null))).isFalse();
  }
}
