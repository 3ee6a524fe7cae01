package io.linecast.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps what a scanner finds as text, one entry a line and {@link #TOO_LONG} where one was dropped.
 */
final class RecordingReceiver implements LineScanner.Receiver {

  static final String TOO_LONG = "<too long>";

  private final List<String> found = new ArrayList<>();

  @Override
  public void onLines(ByteBuffer run, int lineCount) {
    byte[] bytes = new byte[run.remaining()];
    run.get(bytes);
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    assertThat(text).endsWith("\n");
    int before = found.size();
    for (int start = 0; start < text.length(); ) {
      int end = text.indexOf('\n', start) + 1;
      found.add(text.substring(start, end));
      start = end;
    }
    assertThat(found.size() - before).as("lines in the run").isEqualTo(lineCount);
  }

  @Override
  public void onTooLong(ByteBuffer beginning) {
    found.add(TOO_LONG);
  }

  List<String> found() {
    return found;
  }
}
