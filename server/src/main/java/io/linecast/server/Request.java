package io.linecast.server;

import io.linecast.protocol.Decimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * How a line of an acknowledged client is read: a verb of four letters, a blank, and the rest.
 * Lines are given as a buffer (little endian) with the index of their first byte and that behind
 * their last, line feed excluded. Stateless.
 */
final class Request {

  /** The verb, two blanks and a number: what a {@code SEND} has beside its text, at the most. */
  static final int OVERHEAD_MAX_BYTES = 4 + 1 + Decimal.MAX_DIGITS + 1;

  private static final int VERB_BYTES = 4;

  /** SEND, as four bytes are read at once. */
  private static final int SEND = 'S' | 'E' << 8 | 'N' << 16 | 'D' << 24;

  private Request() {}

  static boolean isSend(ByteBuffer run, int start, int end) {
    return end - start > VERB_BYTES
        && run.getInt(start) == SEND
        && run.get(start + VERB_BYTES) == ' ';
  }

  /** The verb; empty if the line does not begin with four letters and a blank or its end. */
  static String verb(ByteBuffer run, int start, int end) {
    boolean whole = end - start == VERB_BYTES;
    if (!whole && (end - start < VERB_BYTES || run.get(start + VERB_BYTES) != ' ')) {
      return "";
    }
    return ascii(run, start, start + VERB_BYTES);
  }

  /** The number behind the verb of a {@code SEND}, 1 or more; else there is none. */
  static long number(ByteBuffer run, int start, int end) {
    int from = start + VERB_BYTES + 1;
    int behind = Decimal.endOf(run, from, end);
    boolean ends = behind == end || run.get(behind) == ' ';
    return ends ? Decimal.parse(run, from, behind) : Decimal.NONE;
  }

  /** Where the text of a {@code SEND} begins that has a number. */
  static int text(ByteBuffer run, int start, int end) {
    int behind = Decimal.endOf(run, start + VERB_BYTES + 1, end);
    return Math.min(behind + 1, end);
  }

  /** The number that is all there is behind the verb, 1 or more; else there is none. */
  static long onlyNumber(ByteBuffer run, int start, int end) {
    int from = start + VERB_BYTES + 1;
    boolean only = from < end && Decimal.endOf(run, from, end) == end;
    return only ? Decimal.parse(run, from, end) : Decimal.NONE;
  }

  /** What stands from an index on, each byte as one character. */
  static String rest(ByteBuffer run, int from, int end) {
    return ascii(run, from, end);
  }

  private static String ascii(ByteBuffer run, int from, int end) {
    byte[] bytes = new byte[end - from];
    run.get(from, bytes);
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
