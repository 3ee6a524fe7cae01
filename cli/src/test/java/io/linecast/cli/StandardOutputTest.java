package io.linecast.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
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
    assertThat(isReaderGone("Broken pipe", false)).isTrue();
    assertThat(isReaderGone("No space left on device", false)).isFalse();
    assertThat(isReaderGone(null, false)).isFalse();
  }

  @Test
  void shouldTellAReaderWhoIsGoneInAnyLanguage() {
    assertThat(isReaderGone("Tubería rota", true)).isTrue();
    assertThat(isReaderGone("パイプが壊れています", true)).isTrue();
  }

  private static boolean isReaderGone(@Nullable String words, boolean isPipe) {
    return StandardOutput.isReaderGone(new IOException(words), isPipe);
  }
}
