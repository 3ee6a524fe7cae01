package io.linecast.load;

import java.util.Arrays;

/**
 * What surrounds each line on the wire, always the same bytes, but for the number that some have:
 * decimal digits, always as many, before the last byte of the prefix. Not to be changed.
 *
 * @param numberDigits 0 where there is no number
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Frame(byte[] prefix, byte[] suffix, int numberDigits) {
  private static final int RADIX = 10;

  static final Frame NONE = new Frame(new byte[0], new byte[0]);

  Frame(byte[] prefix, byte[] suffix) {
    this(prefix, suffix, 0);
  }

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

  /** Writes the number, if there is one, into a prefix at {@code offset}. */
  void putNumber(byte[] target, int offset, long number) {
    long rest = number;
    int first = offset + prefix.length - 1 - numberDigits;
    for (int i = first + numberDigits - 1; i >= first; i--) {
      target[i] = (byte) ('0' + rest % RADIX);
      rest /= RADIX;
    }
  }

  /** Writes prefix and suffix around the place of a line; returns where the line goes. */
  int putAround(byte[] target, int offset, int lineBytes) {
    System.arraycopy(prefix, 0, target, offset, prefix.length);
    int line = offset + prefix.length;
    System.arraycopy(suffix, 0, target, line + lineBytes, suffix.length);
    return line;
  }
}
