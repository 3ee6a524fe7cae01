package io.linecast.core;

/**
 * A place in a feed between two lines; the feed's own head is the place behind the last line heard.
 *
 * <p>Immutable, so that a position and its line number can never be seen apart.
 *
 * @param position bytes from the feed's beginning, at a line's start
 * @param line the number of the last line before the place; 0 before the first
 */
public record Head(long position, long line) {

  /** The place before the first line. */
  public static final Head START = new Head(0, 0);
}
