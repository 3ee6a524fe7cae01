package io.linecast.bench.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.util.Locale;

/** Lines of one length that bear their numbers: what is at each place of them is known. */
final class Lines {

  private static final int DIGITS = 12;

  private final int lineBytes;

  /** The number whose digits are known. One for each thread: a sample has its own lines. */
  private long known = -1;

  private byte[] digits = new byte[DIGITS];

  Lines(int lineBytes) {
    this.lineBytes = lineBytes;
  }

  byte byteAt(long position) {
    int at = (int) (position % lineBytes);
    if (at >= DIGITS) {
      return (byte) (at == lineBytes - 1 ? '\n' : 'a' + at % 26);
    }
    long number = position / lineBytes;
    if (number != known) {
      known = number;
      digits = String.format(Locale.ROOT, "%012d", number).getBytes(US_ASCII);
    }
    return digits[at];
  }

  /** Whole lines that fit into a buffer. */
  void fill(ByteBuffer buffer, long firstNumber) {
    long position = firstNumber * lineBytes;
    while (buffer.remaining() >= lineBytes) {
      for (int i = 0; i < lineBytes; i++) {
        buffer.put(byteAt(position++));
      }
    }
  }
}
