package io.linecast.protocol;

import java.nio.ByteBuffer;

/**
 * Numbers as they are written on the wire: decimal, without sign, 1 to {@link Long#MAX_VALUE}.
 * Stateless; safe from any thread.
 */
public final class Decimal {

  /** The most digits a number has. */
  public static final int MAX_DIGITS = 19;

  /** What {@link #parse} answers when there is no number. */
  public static final long NONE = -1;

  private static final int TEN = 10;
  private static final long SAFE = (Long.MAX_VALUE - 9) / TEN;

  private Decimal() {}

  /**
   * The number whose digits begin at {@code from} and end at {@link #endOf}.
   *
   * @return 0 or more, or {@link #NONE} if there is no digit, or it is more than {@link
   *     Long#MAX_VALUE}
   */
  public static long parse(ByteBuffer bytes, int from, int end) {
    if (end <= from || end - from > MAX_DIGITS) {
      return NONE;
    }
    long value = 0;
    for (int i = from; i < end; i++) {
      int digit = bytes.get(i) - '0';
      if (value > SAFE && (value > Long.MAX_VALUE / TEN || value * TEN > Long.MAX_VALUE - digit)) {
        return NONE;
      }
      value = value * TEN + digit;
    }
    return value;
  }

  /** Index behind the digits that begin at {@code from}; {@code from} itself if there are none. */
  public static int endOf(ByteBuffer bytes, int from, int limit) {
    int i = from;
    while (i < limit && isDigit(bytes.get(i))) {
      i++;
    }
    return i;
  }

  /** How many digits a number of 0 or more has. */
  public static int digits(long value) {
    int digits = 1;
    for (long rest = value; rest >= TEN; rest /= TEN) {
      digits++;
    }
    return digits;
  }

  /**
   * Writes a number of 0 or more.
   *
   * @return the index behind it
   */
  public static int write(byte[] to, int at, long value) {
    int end = at + digits(value);
    long rest = value;
    for (int i = end - 1; i >= at; i--) {
      to[i] = (byte) ('0' + rest % TEN);
      rest /= TEN;
    }
    return end;
  }

  /** A number in text; {@link #NONE} if it is none. */
  public static long parse(String text) {
    if (text.isEmpty() || text.length() > MAX_DIGITS) {
      return NONE;
    }
    for (int i = 0; i < text.length(); i++) {
      if (!isDigit((byte) Math.min(text.charAt(i), Byte.MAX_VALUE))) {
        return NONE;
      }
    }
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      return NONE; // 19 digits can be too much
    }
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }
}
