package io.linecast.client;

import io.linecast.protocol.LineFeeds;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Cuts what a server sends into lines, in place: a line is a stretch of {@link #bytes} until the
 * next {@link #fill}. For one thread.
 */
final class LineReader {

  private static final int FIRST_BYTES = 64 * 1024;

  private final InputStream input;
  private byte[] array = new byte[FIRST_BYTES];
  private ByteBuffer bytes = wrap(array);
  private int maxLineBytes;
  private int lineStart;
  private int lineEnd;
  private int next;
  private int searched;
  private int end;

  /**
   * A reader at the start of a stream.
   *
   * @param maxLineBytes the longest line that is taken, with its line feed
   */
  LineReader(InputStream input, int maxLineBytes) {
    this.input = input;
    this.maxLineBytes = maxLineBytes;
  }

  private static ByteBuffer wrap(byte[] array) {
    return ByteBuffer.wrap(array).order(ByteOrder.LITTLE_ENDIAN);
  }

  void setMaxLineBytes(int most) {
    maxLineBytes = most;
  }

  /**
   * Goes to the next whole line that is here already; false if there is none.
   *
   * @throws ClientException if it is too long
   */
  boolean next() {
    int lineFeed = LineFeeds.indexOf(bytes, searched, end);
    if (lineFeed < 0) {
      searched = end;
      return false;
    }
    requireFits(lineFeed - next);
    lineStart = next;
    lineEnd = lineFeed;
    next = lineFeed + 1;
    searched = next;
    return true;
  }

  /** Where the lines are. */
  ByteBuffer bytes() {
    return bytes;
  }

  int lineStart() {
    return lineStart;
  }

  /** Index of the line feed. */
  int lineEnd() {
    return lineEnd;
  }

  /** What has come of a line whose end has not; for the end of the stream. */
  byte[] unfinished() {
    return Arrays.copyOfRange(array, next, end);
  }

  /**
   * Waits for more bytes.
   *
   * @return false at the end of the stream
   * @throws ClientException if a line is too long
   */
  boolean fill() throws IOException {
    makeRoom();
    int count = input.read(array, end, array.length - end);
    end += Math.max(count, 0);
    return count >= 0;
  }

  /** Refuses a line that has so many bytes before its line feed, if that is too many. */
  private void requireFits(int bytes) {
    if (bytes >= maxLineBytes) {
      throw new ClientException(
          ClientException.Reason.PROTOCOL,
          "the server has sent a line of more than " + maxLineBytes + " bytes");
    }
  }

  private void makeRoom() {
    int held = end - next;
    requireFits(held);
    if (next > 0) {
      System.arraycopy(array, next, array, 0, held);
      searched -= next;
      next = 0;
      end = held;
    }
    if (end == array.length) {
      array = Arrays.copyOf(array, (int) Math.min(2L * array.length, Integer.MAX_VALUE - 8));
      bytes = wrap(array);
    }
  }
}
