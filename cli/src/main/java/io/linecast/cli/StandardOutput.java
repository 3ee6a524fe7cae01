package io.linecast.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;

/**
 * Standard output for lines: gathers bytes until it is told to flush, and tells whether its reader
 * has gone. {@code System.out} does neither. For one thread.
 */
final class StandardOutput extends OutputStream {

  private static final int BUFFER_BYTES = 256 << 10;

  private final OutputStream out;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int length;

  StandardOutput() {
    this(new FileOutputStream(FileDescriptor.out));
  }

  StandardOutput(OutputStream out) {
    this.out = out;
  }

  @Override
  public void write(int b) throws IOException {
    if (length == buffer.length) {
      flush();
    }
    buffer[length++] = (byte) b;
  }

  @Override
  public void write(byte[] bytes, int offset, int count) throws IOException {
    if (count > buffer.length - length) {
      flush();
    }
    if (count > buffer.length) {
      out.write(bytes, offset, count);
      return;
    }
    System.arraycopy(bytes, offset, buffer, length, count);
    length += count;
  }

  @Override
  public void flush() throws IOException {
    int count = length;
    length = 0;
    out.write(buffer, 0, count);
  }

  /**
   * Whether writing failed because nobody reads any more, as after {@code | head}: the end of the
   * work and no fault. Only the system's own words tell it from a full disk, and these are in the
   * user's language; but writing to a pipe has no other way to fail.
   */
  static boolean isReaderGone(IOException failure) {
    return isReaderGone(failure, StandardStream.OUTPUT.isPipe());
  }

  static boolean isReaderGone(IOException failure, boolean isPipe) {
    if (isPipe) {
      return true;
    }
    String words = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
    return words.contains("pipe") || words.contains("reset");
  }
}
