package io.linecast.core;

/**
 * A place in a feed between two lines; the feed's own head is the place behind the last line heard.
 *
 * <p>Immutable, so that a position and its line number can never be seen apart.
 *
 * @param position bytes from the feed's beginning, at a line's start
 * @param line the last number before the place; 0 before the first
 * @param voids how many of the numbers before it no line has, of those that the feed knows of
 */
public record Head(long position, long line, long voids) {

  /** The place before the first line. */
  public static final Head START = new Head(0, 0);

  /** Where the feed knows of no number without a line. */
  public Head(long position, long line) {
    this(position, line, 0);
  }

  /** How many lines are before it, beside those that the feed does not know of. */
  long lines() {
    return line - voids;
  }
}
