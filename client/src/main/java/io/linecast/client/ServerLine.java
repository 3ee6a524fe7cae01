package io.linecast.client;

import io.linecast.protocol.Decimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * One line of a server's, read from left to right; one object is used for all lines, so that
 * reading makes no garbage. For one thread.
 */
final class ServerLine {

  /** What a line says. */
  enum Verb {
    SENT,
    FAIL,
    LINE,
    GAP,
    PING,
    PONG,
    BYE
  }

  private static final int SENT = code('S', 'E', 'N', 'T');
  private static final int FAIL = code('F', 'A', 'I', 'L');
  private static final int LINE = code('L', 'I', 'N', 'E');
  private static final int PING = code('P', 'I', 'N', 'G');
  private static final int PONG = code('P', 'O', 'N', 'G');
  private static final int GAP = code('G', 'A', 'P', ' ');
  private static final int BYE = code('B', 'Y', 'E', ' ');
  private static final int VERB_BYTES = 4;
  private static final int SHOWN_BYTES = 60;

  private ByteBuffer bytes = ByteBuffer.allocate(0);
  private int start;
  private int end;
  private int at;

  /** The four bytes as a little-endian buffer reads them. */
  private static int code(char a, char b, char c, char d) {
    return a | b << 8 | c << 16 | d << 24;
  }

  /** Begins with a line, from {@code start} to its line feed at {@code end}. */
  Verb begin(LineReader reader) {
    bytes = reader.bytes();
    start = reader.lineStart();
    end = reader.lineEnd();
    at = start;
    if (end - start < VERB_BYTES) {
      throw malformed();
    }
    int code = bytes.getInt(start);
    at = start + VERB_BYTES;
    if (code == SENT) {
      return Verb.SENT;
    } else if (code == LINE) {
      return Verb.LINE;
    } else if (code == FAIL) {
      return Verb.FAIL;
    } else if (code == PING) {
      return Verb.PING;
    } else if (code == PONG) {
      return Verb.PONG;
    }
    at--; // the blank is the argument's
    if (code == GAP) {
      return Verb.GAP;
    } else if (code == BYE) {
      return Verb.BYE;
    }
    throw malformed();
  }

  /** A blank and a number of at least {@code least}. */
  long number(long least) {
    blank();
    int digitsEnd = Decimal.endOf(bytes, at, end);
    long number = Decimal.parse(bytes, at, digitsEnd);
    if (number < least) {
      throw malformed();
    }
    at = digitsEnd;
    return number;
  }

  /** A blank and a word, which ends at the next blank. */
  String word() {
    blank();
    int from = at;
    while (at < end && bytes.get(at) != ' ') {
      at++;
    }
    if (at == from) {
      throw malformed();
    }
    return string(from, at);
  }

  /** The text behind a blank; without a blank there must be nothing, and is no text. */
  byte[] text() {
    if (at < end) {
      blank();
    }
    byte[] text = new byte[end - at];
    bytes.get(at, text);
    at = end;
    return text;
  }

  /** The text, for people. */
  String message() {
    return new String(text(), StandardCharsets.UTF_8);
  }

  /** Nothing may follow. */
  void end() {
    if (at != end) {
      throw malformed();
    }
  }

  private void blank() {
    if (at >= end || bytes.get(at) != ' ') {
      throw malformed();
    }
    at++;
  }

  private String string(int from, int to) {
    byte[] word = new byte[to - from];
    bytes.get(from, word);
    return new String(word, StandardCharsets.ISO_8859_1);
  }

  private ClientException malformed() {
    String shown = string(start, Math.min(end, start + SHOWN_BYTES));
    return new ClientException(
        ClientException.Reason.PROTOCOL,
        "the server has sent what is no line of LINECAST/1: '"
            + shown.replaceAll("[^\\x20-\\x7E]", "?")
            + "'");
  }
}
