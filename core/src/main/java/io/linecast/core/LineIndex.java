package io.linecast.core;

import java.util.Arrays;

/**
 * Places in a segment, in their order: a line start about every 4 KiB, and before and behind each
 * stretch of numbers that no line has. So between two places there are either lines, one number
 * each, or such a stretch.
 *
 * <p>Written in the append section; any loop may read it.
 */
final class LineIndex {

  private static final int STEP_BYTES = 4096;
  private static final int FIELDS = 3;
  private static final int OFFSET = 0;
  private static final int LINE = 1;
  private static final int VOIDS = 2;

  /**
   * The fields of each: an offset, how many of the segment's numbers precede it, and how many of
   * these no line has. Volatile: whoever sees an array sees what was in it.
   */
  private volatile long[] places;

  /** Volatile, and written after the fields: whoever sees the size sees them. */
  private volatile int size;

  LineIndex(int capacityBytes) {
    places = new long[FIELDS * (capacityBytes / STEP_BYTES + 1)];
  }

  /** Whether a run that begins there is so far behind the last place that it gets one too. */
  boolean isDue(int offset) {
    return size == 0 || offset - offset(size - 1) >= STEP_BYTES;
  }

  /** Whether the last place is there. */
  boolean endsAt(int offset) {
    return size > 0 && offset(size - 1) == offset;
  }

  void add(int offset, long line, long voids) {
    int before = size;
    int at = FIELDS * before;
    long[] fields = places;
    if (at == fields.length) {
      fields = Arrays.copyOf(fields, 2 * at);
    }
    fields[at + OFFSET] = offset;
    fields[at + LINE] = line;
    fields[at + VOIDS] = voids;
    places = fields;
    size = before + 1;
  }

  int offset(int entry) {
    return (int) places[FIELDS * entry + OFFSET];
  }

  long line(int entry) {
    return places[FIELDS * entry + LINE];
  }

  long voids(int entry) {
    return places[FIELDS * entry + VOIDS];
  }

  int size() {
    return size;
  }

  /** The last entry at or before an offset; the first if there is none. */
  int atOrBefore(int offset) {
    return last(OFFSET, offset);
  }

  /** The last entry that so many numbers precede, or fewer; the first if there is none. */
  int atOrBeforeLine(long line) {
    return last(LINE, line);
  }

  /** The last entry before which there are as many void numbers as before this one. */
  int lastWithVoidsOf(int entry) {
    return last(VOIDS, voids(entry));
  }

  private int last(int field, long most) {
    int low = 0;
    int high = size - 1;
    long[] fields = places;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (fields[FIELDS * middle + field] <= most) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }
}
