package io.linecast.load;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What the lines of a run look like. All are equally long, so that lines can be counted by counting
 * bytes, and each says when it was due, who sends it and which of its sender's lines it is:
 *
 * <pre>
 * tag(2) time(7) sender(3) sequence(5) padding(0…) LF
 * </pre>
 *
 * The fields are numbers in base 64, the most significant digit first. The time is in nanoseconds
 * since the run began, the tag tells this run's lines from any other's, and the padding depends on
 * the sequence, so that a line made of pieces of two does not pass for a whole one.
 */
record LineFormat(int lineBytes, int tag) {
  static final int LINE_BYTES_MIN = 18;
  static final int TAG_MAX = (1 << 12) - 1;
  static final int SENDER_MAX = (1 << 18) - 1;
  static final int SEQUENCE_MAX = (1 << 30) - 1;
  static final long TIME_NANOS_MAX = (1L << 42) - 1;

  private static final int TAG_DIGITS = 2;
  private static final int TIME_OFFSET = TAG_DIGITS;
  private static final int TIME_DIGITS = 7;
  private static final int SENDER_OFFSET = TIME_OFFSET + TIME_DIGITS;
  private static final int SENDER_DIGITS = 3;
  private static final int SEQUENCE_OFFSET = SENDER_OFFSET + SENDER_DIGITS;
  private static final int SEQUENCE_DIGITS = 5;
  private static final int PADDING_OFFSET = SEQUENCE_OFFSET + SEQUENCE_DIGITS;

  private static final int BITS = 6;
  private static final int MASK = (1 << BITS) - 1;
  private static final byte[] DIGITS =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_"
          .getBytes(StandardCharsets.US_ASCII);
  private static final byte[] VALUES = values();

  LineFormat {
    if (lineBytes < LINE_BYTES_MIN) {
      throw new IllegalArgumentException("a line has at least " + LINE_BYTES_MIN + " bytes");
    }
    if (tag < 0 || tag > TAG_MAX) {
      throw new IllegalArgumentException("tag " + tag);
    }
  }

  /** Writes one line, LF included, at {@code offset}. */
  void encode(byte[] target, int offset, long timeNanos, int sender, long sequence) {
    put(target, offset, TAG_DIGITS, tag);
    put(target, offset + TIME_OFFSET, TIME_DIGITS, timeNanos);
    put(target, offset + SENDER_OFFSET, SENDER_DIGITS, sender);
    put(target, offset + SEQUENCE_OFFSET, SEQUENCE_DIGITS, sequence);
    int last = offset + lineBytes - 1;
    Arrays.fill(target, offset + PADDING_OFFSET, last, padding(sequence));
    target[last] = '\n';
  }

  /** Whether a whole line as this format writes it begins at {@code offset}, of whatever run. */
  boolean isWhole(byte[] source, int offset) {
    int last = offset + lineBytes - 1;
    if (source[last] != '\n') {
      return false;
    }
    int digits = 0;
    for (int i = offset; i < offset + PADDING_OFFSET; i++) {
      digits |= VALUES[source[i] & 0xff];
    }
    if (digits < 0) {
      return false;
    }
    byte padding = padding(sequence(source, offset));
    for (int i = offset + PADDING_OFFSET; i < last; i++) {
      if (source[i] != padding) {
        return false;
      }
    }
    return true;
  }

  boolean isOfThisRun(byte[] source, int offset) {
    return get(source, offset, TAG_DIGITS) == tag;
  }

  long timeNanos(byte[] source, int offset) {
    return get(source, offset + TIME_OFFSET, TIME_DIGITS);
  }

  int sender(byte[] source, int offset) {
    return (int) get(source, offset + SENDER_OFFSET, SENDER_DIGITS);
  }

  int sequence(byte[] source, int offset) {
    return (int) get(source, offset + SEQUENCE_OFFSET, SEQUENCE_DIGITS);
  }

  private static byte padding(long sequence) {
    return DIGITS[(int) sequence & MASK];
  }

  private static void put(byte[] target, int offset, int digits, long value) {
    long rest = value;
    for (int i = offset + digits - 1; i >= offset; i--) {
      target[i] = DIGITS[(int) rest & MASK];
      rest >>>= BITS;
    }
  }

  private static long get(byte[] source, int offset, int digits) {
    long value = 0;
    for (int i = offset; i < offset + digits; i++) {
      value = value << BITS | VALUES[source[i] & 0xff];
    }
    return value;
  }

  private static byte[] values() {
    byte[] values = new byte[256];
    Arrays.fill(values, (byte) -1);
    for (int i = 0; i < DIGITS.length; i++) {
      values[DIGITS[i]] = (byte) i;
    }
    return values;
  }
}
