package io.linecast.load;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads what one publisher is answered: {@code SENT <n> <seq> <clients>} for each of its numbers,
 * which are 1, 2, 3 …, once and in their order, with rising line numbers. Used by one thread.
 */
final class AnswerCheck {
  private static final byte[] SENT = "SENT ".getBytes(StandardCharsets.US_ASCII);
  private static final int RADIX = 10;
  private static final int SAID_MAX_CHARACTERS = 200;

  private byte[] bytes = new byte[1 << 10];
  private int begun; // bytes of an answer whose end has not come
  private int position;
  private long answered;
  private long sent;
  private long nextNumber = 1;
  private long lastLine;
  private long wrongNumbers;
  private long wrongLines;
  private String otherwise = "";

  /** Answers that came. */
  long answered() {
    return answered;
  }

  /** Those of them that said the line was accepted. */
  long sent() {
    return sent;
  }

  /** Answers to another number than the next. */
  long wrongNumbers() {
    return wrongNumbers;
  }

  /** Lines that were not given a higher number than the one before. */
  long wrongLines() {
    return wrongLines;
  }

  /** The first thing said that was no {@code SENT}; empty if there was none. */
  String otherwise() {
    return otherwise;
  }

  boolean isClean() {
    return sent == answered && wrongNumbers + wrongLines == 0 && otherwise.isEmpty();
  }

  /** Takes the next {@code count} bytes of the stream. */
  void accept(byte[] source, int count) {
    int end = begun + count;
    if (bytes.length < end) {
      bytes = Arrays.copyOf(bytes, 2 * end);
    }
    System.arraycopy(source, 0, bytes, begun, count);
    position = 0;
    int next = 0;
    for (int i = begun; i < end; i++) {
      if (bytes[i] == '\n') {
        position = next;
        acceptLine(i);
        next = i + 1;
      }
    }
    begun = end - next;
    System.arraycopy(bytes, next, bytes, 0, begun);
  }

  /** Takes the answer from {@code position} to its LF. */
  private void acceptLine(int end) {
    int begin = position;
    if (!isSent(end)) {
      acceptOther(new String(bytes, begin, end - begin, StandardCharsets.ISO_8859_1));
      return;
    }
    position += SENT.length;
    long number = number(' ');
    long line = number(' ');
    long others = number('\n');
    if (number < 0 || line < 0 || others < 0 || position != end + 1) {
      acceptOther(new String(bytes, begin, end - begin, StandardCharsets.ISO_8859_1));
      return;
    }
    answered++;
    sent++;
    wrongNumbers += number == nextNumber ? 0 : 1;
    wrongLines += line > lastLine ? 0 : 1;
    nextNumber = number + 1;
    lastLine = line;
  }

  private boolean isSent(int end) {
    if (end - position < SENT.length) {
      return false;
    }
    for (int i = 0; i < SENT.length; i++) {
      if (bytes[position + i] != SENT[i]) {
        return false;
      }
    }
    return true;
  }

  /** The decimal number at {@code position}, which goes behind the byte after it; or -1. */
  private long number(int after) {
    long value = 0;
    int first = position;
    int digit = bytes[position] - '0';
    while (digit >= 0 && digit < RADIX) {
      value = value * RADIX + digit;
      digit = bytes[++position] - '0';
    }
    boolean ends = position > first && bytes[position] == after;
    position++;
    return ends ? value : -1;
  }

  private void acceptOther(String said) {
    if (said.startsWith("PING")) {
      return; // sending is answer enough
    }
    if (said.startsWith("FAIL ")) {
      answered++;
      nextNumber++;
    }
    if (otherwise.isEmpty()) {
      otherwise = said.substring(0, Math.min(said.length(), SAID_MAX_CHARACTERS));
    }
  }
}
