package io.linecast.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Splits a stream into lines, byte for byte, and holds no more of one than its limit. What follows
 * the last line feed is a line too. For one thread.
 */
final class ByteLines {

  private static final int BUFFER_BYTES = 64 << 10;
  private static final byte[] NOTHING = {};

  private final InputStream in;
  private final Runnable beforeWaiting;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int position;
  private int limit;

  private final ByteArrayOutputStream begun = new ByteArrayOutputStream();
  private byte[] line = NOTHING;
  private long lengthBytes;
  private int maxBytes;

  /**
   * Lines of a stream.
   *
   * @param beforeWaiting run before the stream is read from while it has nothing to give
   */
  ByteLines(InputStream in, Runnable beforeWaiting) {
    this.in = in;
    this.beforeWaiting = beforeWaiting;
  }

  /**
   * Reads a line.
   *
   * @param most how long it may be, without its line feed; of a longer one only the length is kept
   * @return whether there was one
   */
  boolean next(int most) throws IOException {
    begun.reset();
    line = NOTHING;
    lengthBytes = 0;
    maxBytes = most;
    while (position < limit || fill()) {
      int end = indexOfLineFeed();
      if (end < limit) {
        end(end);
        position = end + 1;
        return true;
      }
      begin(end);
      position = end;
    }
    line = begun.toByteArray();
    return lengthBytes > 0;
  }

  /** The line, for the caller to keep; empty if it was too long. */
  byte[] line() {
    return line;
  }

  boolean isTooLong() {
    return lengthBytes > maxBytes;
  }

  /** The line's length, without its line feed. */
  long lengthBytes() {
    return lengthBytes;
  }

  private int indexOfLineFeed() {
    int i = position;
    while (i < limit && buffer[i] != '\n') {
      i++;
    }
    return i;
  }

  private void begin(int end) {
    lengthBytes += end - position;
    if (isTooLong()) {
      begun.reset();
    } else {
      begun.write(buffer, position, end - position);
    }
  }

  private void end(int end) {
    if (lengthBytes > 0) {
      begin(end);
      line = begun.toByteArray();
      return;
    }
    lengthBytes = (long) end - position;
    line = isTooLong() ? NOTHING : Arrays.copyOfRange(buffer, position, end);
  }

  private boolean fill() throws IOException {
    if (in.available() == 0) {
      beforeWaiting.run();
    }
    int read = in.read(buffer);
    position = 0;
    limit = Math.max(read, 0);
    return read > 0;
  }
}
