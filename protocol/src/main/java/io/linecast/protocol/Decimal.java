package io.linecast.protocol;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

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

  /** So many digits go into 32 bits, however they are. */
  private static final int PART_DIGITS = 9;

  private static final long PART = 1_000_000_000;

  /**
   * By multiplying with it and shifting, 32 bits are divided by ten: the quick compiler divides.
   */
  private static final long TENTH = 0xCCCCCCCDL;

  private static final int TENTH_SHIFT = 35;

  private static final long ZEROS = 0x3030303030303030L;
  private static final long UP_TO_TOP_BIT = 0x7676767676767676L;
  private static final long TOP_BITS = 0x8080808080808080L;

  private static final long[] POWERS = powers();

  private Decimal() {}

  private static long[] powers() {
    long[] powers = new long[MAX_DIGITS];
    powers[0] = 1;
    for (int i = 1; i < MAX_DIGITS; i++) {
      powers[i] = powers[i - 1] * TEN;
    }
    return powers;
  }

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
    int at = from;
    if (bytes.limit() - from >= Long.BYTES && bytes.order() == ByteOrder.LITTLE_ENDIAN) {
      int count = Math.min(Long.BYTES, end - from);
      // What is behind them is shifted out, and zeros come in front.
      value = eightDigits(bytes.getLong(from) << (Byte.SIZE * (Long.BYTES - count)));
      at += count;
    }
    for (; at < end; at++) {
      value = value * TEN + bytes.get(at) - '0';
    }
    return value < 0 ? NONE : value; // 19 digits are less than 2^64: too much is below zero
  }

  /** Of ASCII digits, the first of which is in the lowest byte: joins two, then four, then all. */
  private static long eightDigits(long word) {
    long pairs = ((word & 0x0F0F0F0F0F0F0F0FL) * ((TEN << 8) + 1)) >>> 8;
    long fours = ((pairs & 0x00FF00FF00FF00FFL) * ((100 << 16) + 1)) >>> 16;
    return ((fours & 0x0000FFFF0000FFFFL) * ((10_000L << 32) + 1)) >>> 32;
  }

  /** Index behind the digits that begin at {@code from}; {@code from} itself if there are none. */
  public static int endOf(ByteBuffer bytes, int from, int limit) {
    int i = from;
    if (bytes.order() == ByteOrder.LITTLE_ENDIAN) {
      for (; i <= limit - Long.BYTES; i += Long.BYTES) {
        long others = markOthers(bytes.getLong(i));
        if (others != 0) {
          return i + (Long.numberOfTrailingZeros(others) >>> 3);
        }
      }
    }
    while (i < limit && isDigit(bytes.get(i))) {
      i++;
    }
    return i;
  }

  /** Sets the top bit of the lowest byte that is no digit, and of none below it. */
  private static long markOthers(long word) {
    long x = word ^ ZEROS;
    return ((x + UP_TO_TOP_BIT) | x) & TOP_BITS;
  }

  /** How many digits a number of 0 or more has. */
  public static int digits(long value) {
    int bits = Long.SIZE - Long.numberOfLeadingZeros(value | 1);
    int least = (bits * 1233) >>> 12; // times log10(2), rounded down
    return (value | 1) >= POWERS[least] ? least + 1 : least;
  }

  /**
   * Writes a number of 0 or more.
   *
   * @return the index behind it
   */
  public static int write(byte[] to, int at, long value) {
    int end = at + digits(value);
    int begin = end;
    long rest = value;
    while (rest >= PART) {
      long above = rest / PART;
      writePart(to, begin - PART_DIGITS, begin, rest - above * PART);
      begin -= PART_DIGITS;
      rest = above;
    }
    writePart(to, at, begin, rest);
    return end;
  }

  /** With zeros in front. */
  private static void writePart(byte[] to, int from, int end, long value) {
    long rest = value;
    for (int i = end - 1; i >= from; i--) {
      long above = (rest * TENTH) >>> TENTH_SHIFT;
      to[i] = (byte) ('0' + rest - above * TEN);
      rest = above;
    }
  }

  /**
   * Makes written digits those of the next number.
   *
   * @return whether that has as many; else they are zeros now
   */
  public static boolean increment(byte[] digits, int from, int end) {
    for (int i = end - 1; i >= from; i--) {
      if (digits[i] < '9') {
        digits[i]++;
        return true;
      }
      digits[i] = '0';
    }
    return false;
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
