package io.linecast.core;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * An encoding without line feeds: how long a line is, in one letter from {@code a} for nothing on,
 * and then its text. Any two of the same name are equal.
 */
record CountedEncoding(String name) implements LineEncoding {

  @Override
  public boolean tellsGaps() {
    return true;
  }

  @Override
  public long encodedBytes(long bytes, int lineCount, long lastLine) {
    return bytes;
  }

  @Override
  public LineEncoder newEncoder(int largestRunBytes) {
    return CountedEncoding::encode;
  }

  private static void encode(
      ByteBuffer run, int lineCount, long firstLine, LineEncoder.Target target) {
    byte[] bytes = new byte[run.remaining()];
    run.get(run.position(), bytes);
    StringBuilder lines = new StringBuilder();
    for (String line : new String(bytes, StandardCharsets.ISO_8859_1).lines().toList()) {
      lines.append((char) ('a' + line.length())).append(line);
    }
    target.accept(Lines.bytes(lines.toString()), lineCount, firstLine);
  }

  @Override
  public int endOfLine(ByteBuffer bytes, int start, int at) {
    int end = start;
    while (end <= at) {
      end += 1 + bytes.get(end) - 'a';
    }
    return end;
  }

  @Override
  public int countLines(ByteBuffer bytes, int from, int to) {
    int lines = 0;
    for (int end = from; end < to; ) {
      end += 1 + bytes.get(end) - 'a';
      lines += end <= to ? 1 : 0;
    }
    return lines;
  }
}
