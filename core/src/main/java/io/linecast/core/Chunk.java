package io.linecast.core;

/**
 * Lines that were read from a journal and encoded, for all who hear them in that encoding. Whoever
 * uses it holds a reference. Immutable.
 *
 * @param first the line that was asked for: those from it up to the lines there are will never come
 * @param lines and between them numbers that no line has
 */
record Chunk(long first, Segment lines, LineEncoding encoding) {

  /** The last line before those there are. */
  long lineBefore() {
    return lines.lineBefore();
  }

  /** The number of its last line. */
  long last() {
    return lines.lineBehind();
  }

  /** Whether it says what became of a line. */
  boolean covers(long line) {
    return line >= first && line <= last();
  }

  boolean retain() {
    return lines.retain();
  }

  void release() {
    lines.release();
  }

  /**
   * The place behind a line, one of those there are or the last before them; before the void
   * numbers that it is one of.
   */
  Head placeBehind(long line) {
    if (line == last()) {
      return new Head(
          lines.position() + lines.usedBytes(), lines.lineBehind(), lines.voidsBehind());
    }
    return lines.placeBehind(line, lines.usedBytes(), encoding);
  }
}
