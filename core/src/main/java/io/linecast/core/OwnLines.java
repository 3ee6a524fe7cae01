package io.linecast.core;

/**
 * The ranges of a client's own lines that are still ahead of its cursor, in order, adjacent ones
 * merged. Owned by the client's loop.
 */
final class OwnLines {

  private static final int FIELDS = 5;
  private static final int START = 0;
  private static final int END = 1;
  private static final int FIRST_LINE = 2;
  private static final int LINES = 3;
  private static final int VOIDS = 4;
  private static final int INITIAL_RANGES = 2;

  /** The fields of each range; those before {@code first} are behind the cursor. */
  private long[] ranges = new long[FIELDS * INITIAL_RANGES];

  private int first;
  private int end;

  /**
   * Adds a range that begins at or after the end of the last one.
   *
   * @param voidsBefore how many of the numbers before it no line has
   */
  void add(long start, long endPosition, long firstLine, long lines, long voidsBefore) {
    if (end > first
        && ranges[end - FIELDS + END] == start
        && ranges[end - FIELDS + VOIDS] == voidsBefore) {
      ranges[end - FIELDS + END] = endPosition;
      ranges[end - FIELDS + LINES] += lines;
      return;
    }
    if (end == ranges.length) {
      makeRoom();
    }
    ranges[end + START] = start;
    ranges[end + END] = endPosition;
    ranges[end + FIRST_LINE] = firstLine;
    ranges[end + LINES] = lines;
    ranges[end + VOIDS] = voidsBefore;
    end += FIELDS;
  }

  boolean isEmpty() {
    return first == end;
  }

  /** Where the next range begins; {@link Long#MAX_VALUE} if there is none. */
  long nextStart() {
    return isEmpty() ? Long.MAX_VALUE : ranges[first + START];
  }

  /** Where the next range ends. There must be one. */
  long nextEnd() {
    return ranges[first + END];
  }

  /** The number of the next range's first line. There must be one. */
  long nextFirstLine() {
    return ranges[first + FIRST_LINE];
  }

  /** The number of the next range's last line. There must be one. */
  long nextLastLine() {
    return ranges[first + FIRST_LINE] + ranges[first + LINES] - 1;
  }

  /** Where the range behind the next one begins; {@link Long#MAX_VALUE} if there is none. */
  long startAfterNext() {
    return end - first > FIELDS ? ranges[first + FIELDS + START] : Long.MAX_VALUE;
  }

  /** The number of the first line of the range behind the next one. There must be one. */
  long firstLineAfterNext() {
    return ranges[first + FIELDS + FIRST_LINE];
  }

  /** How many numbers before the next range no line has. There must be one. */
  long nextVoidsBefore() {
    return ranges[first + VOIDS];
  }

  /** As above, before the range behind the next one. There must be one. */
  long voidsBeforeAfterNext() {
    return ranges[first + FIELDS + VOIDS];
  }

  /** Lets go of the next range. */
  void removeNext() {
    first += FIELDS;
    if (isEmpty()) {
      first = 0;
      end = 0;
    }
  }

  /**
   * Lets go of all ranges, and the part of one, that lie before a place between two lines.
   *
   * @return how many lines these were
   */
  long removeBefore(long position, long line) {
    long removed = 0;
    while (nextStart() < position) {
      long firstLine = nextFirstLine();
      if (nextEnd() > position) {
        ranges[first + START] = position;
        ranges[first + LINES] -= line - firstLine + 1;
        ranges[first + FIRST_LINE] = line + 1;
        return removed + line - firstLine + 1;
      }
      removed += nextLastLine() - firstLine + 1;
      removeNext();
    }
    return removed;
  }

  /** Tells a backlog of those that lie before a place between two lines. */
  void tellBefore(Head place, Backlog backlog) {
    for (int i = first; i < end && ranges[i + START] < place.position(); i += FIELDS) {
      long lastLine = ranges[i + FIRST_LINE] + ranges[i + LINES] - 1;
      backlog.addOwn(ranges[i + FIRST_LINE], Math.min(lastLine, place.line()));
    }
  }

  /** How many lines the ranges ahead have. */
  long lines() {
    long lines = 0;
    for (int i = first; i < end; i += FIELDS) {
      lines += ranges[i + LINES];
    }
    return lines;
  }

  /** Moves the ranges ahead down where half of the room is behind the cursor; else grows. */
  private void makeRoom() {
    int ahead = end - first;
    long[] target = ahead > ranges.length / 2 ? new long[2 * ranges.length] : ranges;
    System.arraycopy(ranges, first, target, 0, ahead);
    ranges = target;
    first = 0;
    end = ahead;
  }
}
