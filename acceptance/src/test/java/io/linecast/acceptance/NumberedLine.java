package io.linecast.acceptance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;

/**
 * A line of a load: whose it is, which of theirs, and a filling that follows from both, so that a
 * byte out of place is seen.
 *
 * @param sender who sent it, from 0
 * @param number the sender's own count, from 0
 */
record NumberedLine(int sender, int number) {
  private static final int SENDER_DIGITS = 4;
  private static final int NUMBER_DIGITS = 8;
  private static final int HEAD_BYTES = SENDER_DIGITS + 1 + NUMBER_DIGITS + 1;
  private static final int FILLINGS = 26;
  private static final int LENGTH_MAX = 64 << 10;
  private static final byte[][] FILLING = fillings();

  /** The line with its LF, so many bytes in all. */
  byte[] encode(int lengthBytes) {
    byte[] bytes = new byte[lengthBytes];
    byte[] head = "%04d:%08d:".formatted(sender, number).getBytes(ISO_8859_1);
    System.arraycopy(head, 0, bytes, 0, HEAD_BYTES);
    System.arraycopy(filling(), 0, bytes, HEAD_BYTES, lengthBytes - HEAD_BYTES - 1);
    bytes[lengthBytes - 1] = '\n';
    return bytes;
  }

  /** Reads a line without its LF. */
  static NumberedLine decode(byte[] bytes, int from, int to) {
    if (to - from < HEAD_BYTES) {
      throw new IllegalArgumentException("not a line of ours: " + excerpt(bytes, from, to));
    }
    int sender = digits(bytes, from, SENDER_DIGITS);
    int number = digits(bytes, from + SENDER_DIGITS + 1, NUMBER_DIGITS);
    NumberedLine line = new NumberedLine(sender, number);
    int start = from + HEAD_BYTES;
    if (Arrays.mismatch(bytes, start, to, line.filling(), 0, to - start) >= 0) {
      throw new IllegalArgumentException(line + " is garbled: " + excerpt(bytes, from, to));
    }
    return line;
  }

  private byte[] filling() {
    return FILLING[(sender + number) % FILLINGS];
  }

  private static int digits(byte[] bytes, int from, int count) {
    int value = 0;
    for (int i = from; i < from + count; i++) {
      int digit = bytes[i] - '0';
      if (digit < 0 || digit > 9) {
        throw new IllegalArgumentException("no number in " + excerpt(bytes, from, from + count));
      }
      value = value * 10 + digit;
    }
    return value;
  }

  private static String excerpt(byte[] bytes, int from, int to) {
    return new String(bytes, from, Math.min(to - from, 80), ISO_8859_1);
  }

  private static byte[][] fillings() {
    byte[][] fillings = new byte[FILLINGS][LENGTH_MAX];
    for (int i = 0; i < FILLINGS; i++) {
      Arrays.fill(fillings[i], (byte) ('a' + i));
    }
    return fillings;
  }
}
