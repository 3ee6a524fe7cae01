package io.linecast.acceptance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Lines of whatever bytes, held as text with a character for each byte. */
final class AwkwardLines {
  private static final int LONG_LINE_BYTES = 60_000;

  private AwkwardLines() {}

  /** Lines of random bytes, many empty ones and a very long one among them. */
  static List<String> random(int count, long seed, boolean withNul) {
    Random random = new Random(seed);
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      boolean isLong = i == count / 2;
      byte[] line = new byte[isLong ? LONG_LINE_BYTES : random.nextInt(6) * random.nextInt(30)];
      random.nextBytes(line);
      String text = new String(line, ISO_8859_1).replace('\n', '\r');
      lines.add(withNul ? text : text.replace('\0', '0'));
    }
    return lines;
  }

  /** As they go over the wire. */
  static byte[] bytes(List<String> lines) {
    return (String.join("\n", lines) + "\n").getBytes(ISO_8859_1);
  }
}
