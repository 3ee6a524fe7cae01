package io.linecast.protocol;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Cuts one client's byte stream into runs of whole lines.
 *
 * <p>Owned by one connection and used by its thread alone. It holds at most one unfinished line and
 * never more than {@code maxLineBytes} of it; a longer line is dropped to its line feed and
 * reported once.
 */
public final class LineScanner {

  /** The default limit of a line with its line feed. */
  public static final int DEFAULT_MAX_LINE_BYTES = 64 * 1024;

  /** What becomes of the lines found. Called on the scanning thread, in the stream's order. */
  public interface Receiver {

    /**
     * Whole lines, each with its line feed.
     *
     * @param run the bytes from position to limit; valid only during the call
     * @param lineCount how many lines these are, at least 1
     */
    void onLines(ByteBuffer run, int lineCount);

    /**
     * A line exceeded the limit; what was held of it is gone, the rest of it will be skipped.
     *
     * @param beginning its first bytes, from position to limit, {@value #BEGINNING_BYTES} of them
     *     or all there were; valid only during the call
     */
    void onTooLong(ByteBuffer beginning);
  }

  /** How much of an over-long line is shown. */
  public static final int BEGINNING_BYTES = 32;

  private static final byte[] NOTHING = {};
  private static final int SMALLEST_PARTIAL_BYTES = 64;

  private int maxLineBytes;
  private byte[] partial = NOTHING;
  private int partialLength;
  private boolean discarding;

  /**
   * A scanner at the start of a stream.
   *
   * @param maxLineBytes the longest line that is let through, with its line feed; at least 1
   */
  public LineScanner(int maxLineBytes) {
    if (maxLineBytes < 1) {
      throw new IllegalArgumentException("maxLineBytes must be at least 1, not " + maxLineBytes);
    }
    this.maxLineBytes = maxLineBytes;
  }

  /**
   * Takes the next bytes of the stream, from position to limit, and hands on every line they
   * complete. Sets the buffer's byte order to little endian; position and limit are undefined
   * afterwards.
   */
  public void scan(ByteBuffer input, Receiver receiver) {
    input.order(ByteOrder.LITTLE_ENDIAN);
    int end = input.limit();
    int start = input.position();
    if (partialLength > 0 || discarding) {
      start = continueLine(input, start, end, receiver);
    }
    int lastLineFeed = LineFeeds.lastIndexOf(input, start, end);
    if (lastLineFeed >= 0) {
      deliver(input, start, lastLineFeed + 1, receiver);
      start = lastLineFeed + 1;
    }
    keep(input, start, end, receiver);
  }

  /** The stream has ended: hands on an unfinished last line with a line feed added. */
  public void end(Receiver receiver) {
    if (partialLength > 0) {
      appendToPartial(LineFeeds.LF);
      deliverPartial(receiver);
    }
    discarding = false;
  }

  /** Lines up to this length are let through from now on. Not to be called while a line is held. */
  public void setMaxLineBytes(int bytes) {
    maxLineBytes = bytes;
  }

  /**
   * The room that an unfinished line takes, in bytes: 0 to {@code maxLineBytes}; 0: none is held.
   */
  public int heldBytes() {
    return partial.length;
  }

  /** Whether an unfinished line is held that begins so. */
  public boolean holdsBeginning(byte[] bytes) {
    return partialLength >= bytes.length
        && Arrays.equals(partial, 0, bytes.length, bytes, 0, bytes.length);
  }

  /** Whether the line that has not ended yet is thrown away. */
  public boolean isDiscarding() {
    return discarding;
  }

  /** Finishes, lengthens or skips the line that an earlier read left open; returns what is next. */
  private int continueLine(ByteBuffer input, int start, int end, Receiver receiver) {
    int lineFeed = LineFeeds.indexOf(input, start, end);
    int next = lineFeed < 0 ? end : lineFeed + 1;
    if (discarding) {
      discarding = lineFeed < 0;
    } else if (partialLength + (next - start) + (lineFeed < 0 ? 1 : 0) > maxLineBytes) {
      ByteBuffer beginning = beginning(input, start, next);
      dropPartial();
      discarding = lineFeed < 0;
      receiver.onTooLong(beginning);
    } else {
      appendToPartial(input, start, next);
      if (lineFeed >= 0) {
        deliverPartial(receiver);
      }
    }
    return next;
  }

  /** Hands on {@code [start, end)}, which ends with a line feed, without its over-long lines. */
  private void deliver(ByteBuffer input, int start, int end, Receiver receiver) {
    if (end - start <= maxLineBytes) {
      hand(input, start, end, LineFeeds.count(input, start, end), receiver);
      return;
    }
    int runStart = start;
    int lines = 0;
    for (int lineStart = start; lineStart < end; ) {
      int lineEnd = LineFeeds.indexOf(input, lineStart, end) + 1;
      if (lineEnd - lineStart <= maxLineBytes) {
        lines++;
      } else {
        hand(input, runStart, lineStart, lines, receiver);
        receiver.onTooLong(beginning(input, lineStart, lineEnd));
        runStart = lineEnd;
        lines = 0;
      }
      lineStart = lineEnd;
    }
    hand(input, runStart, end, lines, receiver);
  }

  private static void hand(ByteBuffer input, int start, int end, int lines, Receiver receiver) {
    if (lines > 0) {
      int limit = input.limit();
      input.position(start).limit(end);
      receiver.onLines(input, lines);
      input.limit(limit);
    }
  }

  /** Holds the start of a line whose end has not come yet. */
  private void keep(ByteBuffer input, int start, int end, Receiver receiver) {
    if (start == end) {
      return;
    }
    if (end - start >= maxLineBytes) {
      discarding = true;
      receiver.onTooLong(beginning(input, start, end));
    } else {
      appendToPartial(input, start, end);
    }
  }

  /** The first bytes of a line: what is held of it, and what follows in the input. */
  private ByteBuffer beginning(ByteBuffer input, int start, int end) {
    ByteBuffer beginning = ByteBuffer.allocate(BEGINNING_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    beginning.put(partial, 0, Math.min(partialLength, BEGINNING_BYTES));
    for (int i = start; i < end && beginning.hasRemaining(); i++) {
      beginning.put(input.get(i));
    }
    return beginning.flip();
  }

  private void deliverPartial(Receiver receiver) {
    ByteBuffer line = ByteBuffer.wrap(partial, 0, partialLength).order(ByteOrder.LITTLE_ENDIAN);
    dropPartial();
    receiver.onLines(line, 1);
  }

  private void dropPartial() {
    partial = NOTHING;
    partialLength = 0;
  }

  private void appendToPartial(ByteBuffer input, int start, int end) {
    reserve(end - start);
    input.get(start, partial, partialLength, end - start);
    partialLength += end - start;
  }

  private void appendToPartial(byte b) {
    reserve(1);
    partial[partialLength++] = b;
  }

  private void reserve(int moreBytes) {
    int needed = partialLength + moreBytes;
    if (needed > partial.length) {
      int doubled = Math.max(SMALLEST_PARTIAL_BYTES, 2 * partial.length);
      partial = Arrays.copyOf(partial, Math.max(needed, Math.min(doubled, maxLineBytes)));
    }
  }
}
