package io.linecast.protocol;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Finds and counts line feeds, eight bytes at a time.
 *
 * <p>Every method works on absolute indexes, leaves position and limit alone, and needs a
 * little-endian buffer for the wide steps (any other order is stepped through byte by byte).
 * Stateless; safe from any thread.
 */
public final class LineFeeds {

  /** The byte that ends a line. */
  public static final byte LF = '\n';

  private static final long LF_IN_EVERY_BYTE = 0x0A0A0A0A0A0A0A0AL;
  private static final long LOW_SEVEN_BITS = 0x7F7F7F7F7F7F7F7FL;

  private LineFeeds() {}

  /** Index of the first line feed in {@code [from, to)}, or -1. */
  public static int indexOf(ByteBuffer bytes, int from, int to) {
    int i = from;
    if (bytes.order() == ByteOrder.LITTLE_ENDIAN) {
      for (; i <= to - Long.BYTES; i += Long.BYTES) {
        long found = markLineFeeds(bytes.getLong(i));
        if (found != 0) {
          return i + (Long.numberOfTrailingZeros(found) >>> 3);
        }
      }
    }
    for (; i < to; i++) {
      if (bytes.get(i) == LF) {
        return i;
      }
    }
    return -1;
  }

  /** Index of the last line feed in {@code [from, to)}, or -1. */
  public static int lastIndexOf(ByteBuffer bytes, int from, int to) {
    int i = to;
    if (bytes.order() == ByteOrder.LITTLE_ENDIAN) {
      for (; i - Long.BYTES >= from; i -= Long.BYTES) {
        long found = markLineFeeds(bytes.getLong(i - Long.BYTES));
        if (found != 0) {
          return i - 1 - (Long.numberOfLeadingZeros(found) >>> 3);
        }
      }
    }
    for (i--; i >= from; i--) {
      if (bytes.get(i) == LF) {
        return i;
      }
    }
    return -1;
  }

  /** How many line feeds there are in {@code [from, to)}. */
  public static int count(ByteBuffer bytes, int from, int to) {
    int lines = 0;
    int i = from;
    if (bytes.order() == ByteOrder.LITTLE_ENDIAN) {
      for (; i <= to - Long.BYTES; i += Long.BYTES) {
        lines += Long.bitCount(markLineFeeds(bytes.getLong(i)));
      }
    }
    for (; i < to; i++) {
      if (bytes.get(i) == LF) {
        lines++;
      }
    }
    return lines;
  }

  /** Where the last of so many lines ends that follow each other from {@code from} on. */
  public static int endOf(ByteBuffer bytes, int from, int lines) {
    int end = from;
    for (int i = 0; i < lines; i++) {
      end = indexOf(bytes, end, bytes.limit()) + 1;
    }
    return end;
  }

  /**
   * Sets the top bit of every byte that is a line feed, and no other bit. The carry-free form: the
   * shorter one marks a wrong byte above a right one, which a search from the top would find first.
   */
  private static long markLineFeeds(long word) {
    long x = word ^ LF_IN_EVERY_BYTE;
    return ~(((x & LOW_SEVEN_BITS) + LOW_SEVEN_BITS) | x | LOW_SEVEN_BITS);
  }
}
