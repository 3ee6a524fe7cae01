package io.linecast.server;

import io.linecast.protocol.Decimal;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/**
 * {@code SENT}s as text, gathered to be said together. Those of lines that came together differ by
 * one in two numbers, so the one before is copied and counted on. Empty between two clients. Owned
 * by its loop.
 */
final class SentText {

  private static final byte[] VERB = "SENT ".getBytes(StandardCharsets.US_ASCII);
  private static final int MAX_BYTES = VERB.length + 3 * (Decimal.MAX_DIGITS + 1);
  private static final int ROOM_BYTES = 4 << 10;

  private final byte[] bytes = new byte[ROOM_BYTES];
  private int length;

  /** The last one, which stays where it is when it has been taken; and where its numbers end. */
  private int last;

  private int numberEnd;
  private int lineEnd;
  private int lastLength;

  private long lastNumber;
  private long lastLine;
  private long lastOthers;

  /** How much has been gathered. */
  int length() {
    return length;
  }

  /** Whether there is no room for another one. */
  boolean isFull() {
    return bytes.length - length < MAX_BYTES;
  }

  /** Adds one; there must be room. */
  void add(long number, long line, long others) {
    boolean follows = number - lastNumber == 1 && line - lastLine == 1 && others == lastOthers;
    if (!follows || lastLength == 0 || !countOn()) {
      write(number, line, others);
    }
    last = length;
    length += lastLength;
    lastNumber = number;
    lastLine = line;
    lastOthers = others;
  }

  /** Returns whether the numbers have as many digits still. */
  private boolean countOn() {
    System.arraycopy(bytes, last, bytes, length, lastLength);
    return Decimal.increment(bytes, length + VERB.length, length + numberEnd)
        && Decimal.increment(bytes, length + numberEnd + 1, length + lineEnd);
  }

  private void write(long number, long line, long others) {
    System.arraycopy(VERB, 0, bytes, length, VERB.length);
    int at = Decimal.write(bytes, length + VERB.length, number);
    numberEnd = at - length;
    bytes[at] = ' ';
    at = Decimal.write(bytes, at + 1, line);
    lineEnd = at - length;
    bytes[at] = ' ';
    at = Decimal.write(bytes, at + 1, others);
    bytes[at++] = '\n';
    lastLength = at - length;
  }

  /** Hands over what has been gathered. */
  void moveTo(ByteBuf to) {
    to.writeBytes(bytes, 0, length);
    length = 0;
  }

  /** What has been gathered is gone. */
  void clear() {
    length = 0;
  }
}
