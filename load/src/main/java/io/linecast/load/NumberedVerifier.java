package io.linecast.load;

import java.nio.charset.StandardCharsets;
import java.util.function.IntToLongFunction;

/**
 * Reads all that one acknowledged listener receives: {@code LINE <number> <text>}, where the
 * numbers rise by one, since it hears every line there is. The texts it hands on, without their
 * numbers. A line may come in any number of pieces.
 */
final class NumberedVerifier implements Verifier {
  private static final byte[] VERB = "LINE ".getBytes(StandardCharsets.US_ASCII);
  private static final int RADIX = 10;

  private final Verifier texts;
  private final LineFindings findings;
  private byte[] textBytes = new byte[0];
  private int textCount;
  private long nextNumber;

  /** Where the line begun is: so many bytes of the verb are there, or it is behind the verb. */
  private int verbBytes;

  private long number;
  private State state = State.VERB;

  private enum State {
    VERB,
    NUMBER,
    TEXT,
    /** To the next LF, in what is no such line. */
    SKIPPING
  }

  /**
   * @param firstNumber of the first line that will come
   * @param texts checks what is behind the numbers
   */
  NumberedVerifier(long firstNumber, Verifier texts, LineFindings findings) {
    this.nextNumber = firstNumber;
    this.texts = texts;
    this.findings = findings;
  }

  @Override
  public void accept(byte[] bytes, int count, long nowNanos) {
    if (textBytes.length < count) {
      textBytes = new byte[count];
    }
    textCount = 0;
    int position = 0;
    while (position < count) {
      position =
          switch (state) {
            case VERB -> acceptVerb(bytes, position, count);
            case NUMBER -> acceptNumber(bytes, position, count);
            case TEXT -> acceptText(bytes, position, count);
            case SKIPPING -> skip(bytes, position, count);
          };
    }
    texts.accept(textBytes, textCount, nowNanos);
  }

  @Override
  public void finish(IntToLongFunction sentLines) {
    if (state != State.VERB || verbBytes > 0) {
      findings.addTorn();
    }
    texts.finish(sentLines);
  }

  private int acceptVerb(byte[] bytes, int begin, int count) {
    int position = begin;
    while (position < count && verbBytes < VERB.length) {
      if (bytes[position] != VERB[verbBytes]) {
        return giveUp(position);
      }
      verbBytes++;
      position++;
    }
    if (verbBytes == VERB.length) {
      begin(State.NUMBER);
    }
    return position;
  }

  private int acceptNumber(byte[] bytes, int begin, int count) {
    for (int position = begin; position < count; position++) {
      int digit = bytes[position] - '0';
      if (digit >= 0 && digit < RADIX) {
        number = number * RADIX + digit;
      } else if (bytes[position] == ' ') {
        if (number != nextNumber) {
          findings.addMisnumbered();
        }
        nextNumber = number + 1;
        begin(State.TEXT);
        return position + 1;
      } else {
        return giveUp(position);
      }
    }
    return count;
  }

  private int acceptText(byte[] bytes, int begin, int count) {
    int end = afterLineFeed(bytes, begin, count);
    System.arraycopy(bytes, begin, textBytes, textCount, end - begin);
    textCount += end - begin;
    return end;
  }

  private int giveUp(int position) {
    findings.addTorn();
    begin(State.SKIPPING);
    return position;
  }

  private int skip(byte[] bytes, int begin, int count) {
    return afterLineFeed(bytes, begin, count);
  }

  /** Behind the next LF, with which a line begins; the end if there is none. */
  private int afterLineFeed(byte[] bytes, int begin, int count) {
    for (int position = begin; position < count; position++) {
      if (bytes[position] == '\n') {
        begin(State.VERB);
        return position + 1;
      }
    }
    return count;
  }

  private void begin(State next) {
    state = next;
    verbBytes = 0;
    number = 0;
  }
}
