package io.linecast.bench.tls;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/**
 * Lines of one length that bear their numbers, one after the other: to be said, or to be held
 * against what comes. Each talker and each listener has its own; so cheap that it is not what is
 * measured.
 */
final class Lines {

  private static final int DIGITS = 12;
  private static final int LETTERS = 26;

  /** The line at hand. */
  private final byte[] line;

  /** How much of it has been passed. */
  private int passed;

  private byte[] heard = new byte[0];

  Lines(int lineBytes) {
    line = new byte[lineBytes];
    Arrays.fill(line, 0, DIGITS, (byte) '0');
    for (int i = DIGITS; i < lineBytes - 1; i++) {
      line[i] = (byte) ('a' + i % LETTERS);
    }
    line[lineBytes - 1] = '\n';
  }

  private void next() {
    passed = 0;
    int at = DIGITS - 1;
    while (line[at] == '9') {
      line[at--] = '0';
    }
    line[at]++;
  }

  /** Whole lines that fit into a buffer. */
  void fill(ByteBuf to) {
    while (to.isWritable(line.length)) {
      to.writeBytes(line);
      next();
    }
  }

  /** Whether bytes are those that come next; they are passed. */
  boolean match(ByteBuf bytes) {
    int count = bytes.readableBytes();
    if (heard.length < count) {
      heard = new byte[2 * count];
    }
    bytes.readBytes(heard, 0, count);
    boolean same = true;
    for (int at = 0; at < count; ) {
      int part = Math.min(count - at, line.length - passed);
      same &= Arrays.equals(heard, at, at + part, line, passed, passed + part);
      at += part;
      passed += part;
      if (passed == line.length) {
        next();
      }
    }
    return same;
  }
}
