package io.linecast.load;

import java.util.Arrays;

/** What surrounds each line on the wire, always the same bytes. Not to be changed. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Frame(byte[] prefix, byte[] suffix) {
  static final Frame NONE = new Frame(new byte[0], new byte[0]);

  /** Bytes a line of {@code lineBytes} takes with what surrounds it. */
  int sizeBytes(int lineBytes) {
    return prefix.length + lineBytes + suffix.length;
  }

  /** Whether this surrounds the line that would begin behind the prefix at {@code offset}. */
  boolean surrounds(byte[] source, int offset, int lineBytes) {
    int line = offset + prefix.length;
    return Arrays.equals(source, offset, line, prefix, 0, prefix.length)
        && Arrays.equals(
            source, line + lineBytes, line + lineBytes + suffix.length, suffix, 0, suffix.length);
  }

  /** Writes prefix and suffix around the place of a line; returns where the line goes. */
  int putAround(byte[] target, int offset, int lineBytes) {
    System.arraycopy(prefix, 0, target, offset, prefix.length);
    int line = offset + prefix.length;
    System.arraycopy(suffix, 0, target, line + lineBytes, suffix.length);
    return line;
  }
}
