package io.linecast.core;

import io.linecast.protocol.LineFeeds;
import java.nio.ByteBuffer;

/**
 * A way to write a channel's lines into a feed. Those that are equal share an edition: a line is
 * encoded once for all who follow it. Immutable; safe from any thread.
 */
public interface LineEncoding {

  /** What it is called, in one word. */
  String name();

  /** Whether its listeners are told of lines that will never come: they skip when they are late. */
  boolean tellsGaps();

  /**
   * How many bytes lines have at most when they are encoded.
   *
   * @param bytes how many they have as they are
   * @param lastLine the number of the last
   */
  long encodedBytes(long bytes, int lineCount, long lastLine);

  /**
   * An encoder for one thread at a time.
   *
   * @param largestRunBytes the most it hands on at once; the longest line fits in when encoded
   */
  LineEncoder newEncoder(int largestRunBytes);

  /**
   * Says that no line has these numbers, in the place where one would be: it ends where {@link
   * #endOfLine} says. Empty where listeners see no numbers.
   */
  default ByteBuffer encodedVoid(long first, long last) {
    return ByteBuffer.allocate(0);
  }

  /**
   * Where an encoded line ends.
   *
   * @param start where a line begins, this one or one before it
   * @param at where one of the line's bytes is
   */
  default int endOfLine(ByteBuffer bytes, int start, int at) {
    return LineFeeds.indexOf(bytes, at, bytes.limit()) + 1;
  }

  /**
   * How many encoded lines end at {@code to} or before, of those that begin at {@code from}. Not
   * asked of where void numbers are said, but by whoever knows what that counts as.
   */
  default int countLines(ByteBuffer bytes, int from, int to) {
    return LineFeeds.count(bytes, from, to);
  }
}
