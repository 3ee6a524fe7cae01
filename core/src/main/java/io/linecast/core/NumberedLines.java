package io.linecast.core;

import io.linecast.protocol.Decimal;
import io.linecast.protocol.LineFeeds;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Lines as acknowledged listeners hear them: {@code LINE <seq> <text>}. Used by one thread at a
 * time.
 */
final class NumberedLines implements LineEncoder {

  private static final byte[] VERB = "LINE ".getBytes(StandardCharsets.US_ASCII);

  /** By how much a line grows at most. */
  static final int PREFIX_MAX_BYTES = VERB.length + Decimal.MAX_DIGITS + 1;

  private final byte[] prefix = new byte[PREFIX_MAX_BYTES];
  private final ByteBuffer encoded;
  private final int partBytes;

  /**
   * An encoder of runs.
   *
   * @param largestRunBytes what a run of encoded lines has at most; more than the longest line and
   *     {@link #PREFIX_MAX_BYTES}
   */
  NumberedLines(int largestRunBytes) {
    this(largestRunBytes, largestRunBytes);
  }

  /**
   * As above, for a feed: short runs leave little of a segment's end unused.
   *
   * @param partBytes a run that has so many is handed on, even if there is room for more lines
   */
  NumberedLines(int largestRunBytes, int partBytes) {
    this.partBytes = partBytes;
    encoded = ByteBuffer.allocateDirect(largestRunBytes).order(ByteOrder.LITTLE_ENDIAN);
    System.arraycopy(VERB, 0, prefix, 0, VERB.length);
  }

  @Override
  public void encode(ByteBuffer run, int lineCount, long firstLine, Target target) {
    encoded.clear();
    int inRun = 0;
    int at = run.position();
    for (int i = 0; i < lineCount; i++) {
      int end = LineFeeds.indexOf(run, at, run.limit()) + 1;
      boolean isFull = encoded.remaining() < PREFIX_MAX_BYTES + end - at;
      if (inRun > 0 && (isFull || encoded.position() >= partBytes)) {
        handOn(target, inRun, firstLine + i - inRun);
        inRun = 0;
      }
      put(run, at, end, firstLine + i);
      inRun++;
      at = end;
    }
    if (inRun > 0) {
      handOn(target, inRun, firstLine + lineCount - inRun);
    }
  }

  @Override
  public long encodedBytes(long bytes, int lineCount, long lastLine) {
    return bytes + (long) lineCount * (VERB.length + Decimal.digits(lastLine) + 1);
  }

  private void handOn(Target target, int lines, long firstLine) {
    target.accept(encoded.flip(), lines, firstLine);
    encoded.clear();
  }

  private void put(ByteBuffer run, int start, int end, long line) {
    int length = Decimal.write(prefix, VERB.length, line);
    prefix[length] = ' ';
    encoded.put(prefix, 0, length + 1);
    int to = encoded.position();
    encoded.put(to, run, start, end - start).position(to + end - start);
  }
}
