package io.linecast.core.simulation;

import static io.linecast.core.simulation.SimulationFailure.unless;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;

/** What a peer says: random lines, made as they are needed, and what must become of them. */
final class Speech {

  private final SplittableRandom random;
  private final int maxLineBytes;
  private final boolean endsUnfinished;
  private int quotaBytes;
  private int salt;

  /** Said and not yet sent. */
  private byte[] outgoing = new byte[1 << 10];

  private int outgoingStart;
  private int outgoingEnd;

  /** The lines that must be accepted, in order; over-long ones are none of them. */
  private byte[] lines = new byte[1 << 10];

  private int linesEnd;
  private int acceptedEnd;
  private int tooLong;

  Speech(SplittableRandom random, int maxLineBytes, int quotaBytes, boolean endsUnfinished) {
    this.random = random;
    this.maxLineBytes = maxLineBytes;
    this.quotaBytes = quotaBytes;
    this.endsUnfinished = endsUnfinished;
    this.salt = random.nextInt();
  }

  boolean isOver() {
    return quotaBytes <= 0 && outgoingStart == outgoingEnd;
  }

  /** Says no more than it has begun. */
  void cutShort() {
    quotaBytes = Math.min(quotaBytes, 1);
  }

  /** The next bytes, cut anywhere. */
  byte[] next(int maxBytes) {
    int wanted = random.nextBoolean() ? maxBytes : 1 + random.nextInt(maxBytes);
    while (outgoingEnd - outgoingStart < wanted && quotaBytes > 0) {
      say();
    }
    int length = Math.min(wanted, outgoingEnd - outgoingStart);
    byte[] chunk = Arrays.copyOfRange(outgoing, outgoingStart, outgoingStart + length);
    outgoingStart += length;
    if (outgoingStart == outgoingEnd) {
      outgoingStart = 0;
      outgoingEnd = 0;
    }
    return chunk;
  }

  /** Lines of this peer are accepted: they must be the next of those it said. */
  void onAccepted(ByteBuffer run) {
    int length = run.remaining();
    boolean same =
        acceptedEnd + length <= linesEnd
            && ByteBuffer.wrap(lines, acceptedEnd, length).mismatch(run) < 0;
    unless(same, "accepted after byte %d of a speech: what was not said", acceptedEnd);
    acceptedEnd += length;
  }

  void onTooLong() {
    unless(--tooLong >= 0, "a line was refused that is not too long");
  }

  boolean wasHeard() {
    return isOver() && acceptedEnd == linesEnd && tooLong == 0;
  }

  private void say() {
    int length = randomLength();
    outgoing = room(outgoing, outgoingEnd, length + 1);
    int start = outgoingEnd;
    salt += 0x9E3779B9;
    for (int i = 0; i < length; i++) {
      byte b = (byte) ((salt >>> (i & 15)) + 7 * i);
      outgoing[outgoingEnd++] = b == '\n' ? (byte) 'n' : b;
    }
    if (length < maxLineBytes) {
      lines = room(lines, linesEnd, length + 1);
      System.arraycopy(outgoing, start, lines, linesEnd, length);
      lines[linesEnd + length] = '\n';
      linesEnd += length + 1;
    } else {
      tooLong++;
    }
    quotaBytes -= length + 1;
    if (quotaBytes > 0 || !endsUnfinished || length == 0) {
      outgoing[outgoingEnd++] = '\n';
    }
  }

  private int randomLength() {
    return switch (random.nextInt(12)) {
      case 0 -> 0;
      case 1 -> maxLineBytes - 1;
      case 2 -> random.nextInt(4) == 0 ? maxLineBytes + random.nextInt(2 * maxLineBytes) : 1;
      case 3, 4, 5 -> random.nextInt(Math.min(8, maxLineBytes));
      default -> random.nextInt(maxLineBytes);
    };
  }

  private static byte[] room(byte[] bytes, int used, int more) {
    return used + more <= bytes.length ? bytes : Arrays.copyOf(bytes, 2 * (used + more));
  }
}
