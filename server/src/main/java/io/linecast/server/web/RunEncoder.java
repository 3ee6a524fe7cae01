package io.linecast.server.web;

import io.linecast.core.LineEncoder;
import io.linecast.protocol.LineFeeds;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Writes line by line, and hands on several at once. Used by one thread at a time. */
abstract class RunEncoder implements LineEncoder {

  /** About what is handed on at once: little of a feed's segment stays unused at its end. */
  private static final int PART_BYTES = 16 * 1024;

  private final ByteBuffer encoded;

  /**
   * An encoder of runs.
   *
   * @param largestRunBytes what a run of encoded lines has at most; no less than the longest line
   */
  RunEncoder(int largestRunBytes) {
    encoded = ByteBuffer.allocateDirect(largestRunBytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** How many bytes a line has when it is encoded; {@code end} is where its line feed is. */
  abstract int encodedBytes(ByteBuffer run, int start, int end, long line);

  /** Writes a line; {@link #encodedBytes} was asked for the same one just before. */
  abstract void put(ByteBuffer run, int start, int end, long line, ByteBuffer to);

  @Override
  public final void encode(ByteBuffer run, int lineCount, long firstLine, Target target) {
    encoded.clear();
    int inRun = 0;
    int at = run.position();
    for (int i = 0; i < lineCount; i++) {
      int end = LineFeeds.indexOf(run, at, run.limit());
      boolean isFull = encoded.remaining() < encodedBytes(run, at, end, firstLine + i);
      if (inRun > 0 && (isFull || encoded.position() >= PART_BYTES)) {
        handOn(target, inRun, firstLine + i - inRun);
        inRun = 0;
      }
      put(run, at, end, firstLine + i, encoded);
      inRun++;
      at = end + 1;
    }
    if (inRun > 0) {
      handOn(target, inRun, firstLine + lineCount - inRun);
    }
  }

  private void handOn(Target target, int lines, long firstLine) {
    target.accept(encoded.flip(), lines, firstLine);
    encoded.clear();
  }

  /** Copies bytes of a line. */
  static void copy(ByteBuffer run, int start, int end, ByteBuffer to) {
    int at = to.position();
    to.put(at, run, start, end - start).position(at + end - start);
  }
}
