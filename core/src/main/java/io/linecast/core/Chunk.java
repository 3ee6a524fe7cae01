package io.linecast.core;

/**
 * Lines that were read from a journal and encoded, for all who hear them in that encoding. Whoever
 * uses it holds a reference. Immutable.
 *
 * @param first the line that was asked for: those from it up to the lines there are will never come
 * @param lines they follow each other without a gap
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

  /** Where a line ends, one of those there are or the last before them. */
  int offsetBehind(long line) {
    if (line == last()) {
      return lines.usedBytes();
    }
    int low = 0;
    for (int high = lines.entryAtOrBefore(lines.usedBytes()); low < high; ) {
      int middle = (low + high + 1) >>> 1;
      if (lines.lineBeforeEntry(middle) <= line) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    int offset = (int) (lines.positionOfEntry(low) - lines.position());
    for (long at = lines.lineBeforeEntry(low); at < line; at++) {
      offset = encoding.endOfLine(lines.bytes(), offset, offset);
    }
    return offset;
  }
}
