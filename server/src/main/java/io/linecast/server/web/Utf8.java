package io.linecast.server.web;

import java.nio.ByteBuffer;

/** Whether bytes that come bit by bit are UTF-8 (RFC 3629). One thread's own. */
final class Utf8 {

  private static final long TOP_BITS = 0x8080808080808080L;
  private static final int LOWEST = 0x80;
  private static final int HIGHEST = 0xBF;

  /** Bytes still to come of the character under way. */
  private int missing;

  /** What the next of these may be. */
  private int lowest = LOWEST;

  private int highest = HIGHEST;

  /** Begins anew. */
  void restart() {
    missing = 0;
  }

  /** Whether no character is under way. */
  boolean isWhole() {
    return missing == 0;
  }

  /** Whether bytes are UTF-8 from their beginning to their end. */
  boolean isText(ByteBuffer bytes, int from, int to) {
    restart();
    return goesOn(bytes, from, to) && isWhole();
  }

  /** Whether bytes go on as UTF-8 behind those that came before. If not, begin anew. */
  boolean goesOn(ByteBuffer bytes, int from, int to) {
    int i = from;
    while (i < to) {
      if (missing == 0) {
        i = behindAscii(bytes, i, to);
      }
      if (i < to && !takes(bytes.get(i++) & 0xFF)) {
        return false;
      }
    }
    return true;
  }

  private static int behindAscii(ByteBuffer bytes, int from, int to) {
    int i = from;
    while (i <= to - Long.BYTES && (bytes.getLong(i) & TOP_BITS) == 0) {
      i += Long.BYTES;
    }
    while (i < to && bytes.get(i) >= 0) {
      i++;
    }
    return i;
  }

  private boolean takes(int next) {
    if (missing == 0) {
      return begins(next);
    }
    boolean fits = next >= lowest && next <= highest;
    lowest = LOWEST;
    highest = HIGHEST;
    missing--;
    return fits;
  }

  /** The first byte of a character says how many follow, and shuts out what is said shorter. */
  private boolean begins(int first) {
    if (first < 0x80) {
      return true;
    }
    if (first < 0xC2 || first > 0xF4) {
      return false;
    }
    missing = first < 0xE0 ? 1 : first < 0xF0 ? 2 : 3;
    lowest = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : LOWEST;
    highest = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : HIGHEST;
    return true;
  }
}
