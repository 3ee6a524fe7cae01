package io.linecast.core;

import java.util.Arrays;

/**
 * What became of one publisher's numbers, as far as that is remembered: numbers that follow each
 * other, and whose lines do, are one run. A ring, which grows as far as the budget allows; then the
 * oldest run makes room for the newest, which is never forgotten.
 *
 * <p>Guarded by its channel's append section.
 */
final class SentRuns {

  private static final int FIELDS = 4;
  private static final int NUMBER = 0;
  private static final int LINE = 1;
  private static final int COUNT = 2;
  private static final int OTHERS = 3;
  private static final int FIRST_ROOM = 2;
  private static final long[] NOTHING = {};

  private final RunBudget budget;

  /** The fields of each run; there is room for a power of two of them, or for none. */
  private long[] ring = NOTHING;

  private int oldest;
  private int size;

  /** How many lines the runs have. */
  private long lines;

  /** Whether lines have been forgotten. */
  private boolean forgetful;

  /** Nothing was sent. */
  SentRuns(RunBudget budget) {
    this.budget = budget;
  }

  /** How many runs there are. */
  int size() {
    return size;
  }

  /** For how many there is room. */
  int room() {
    return ring.length / FIELDS;
  }

  /** Numbers from {@code number} on, higher than all before, became lines from {@code line} on. */
  void add(long number, long line, long count, long others) {
    lines += count;
    if (continuesNewest(number, line, others)) {
      ring[at(size - 1) + COUNT] += count;
    } else {
      makeRoom();
      int to = at(size++);
      ring[to + NUMBER] = number;
      ring[to + LINE] = line;
      ring[to + COUNT] = count;
      ring[to + OTHERS] = others;
    }
    forgetSurplus();
  }

  private boolean continuesNewest(long number, long line, long others) {
    if (size == 0) {
      return false;
    }
    int newest = at(size - 1);
    long count = ring[newest + COUNT];
    return ring[newest + NUMBER] + count == number
        && ring[newest + LINE] + count == line
        && ring[newest + OTHERS] == others
        && count < Publisher.REMEMBERED_LINES;
  }

  private void makeRoom() {
    while (size == room()) {
      if (budget.mayGrow(room())) {
        resize(Math.max(FIRST_ROOM, 2 * room()));
      } else {
        forgetOldest();
      }
    }
  }

  private void forgetSurplus() {
    while (lines - ring[at(0) + COUNT] >= Publisher.REMEMBERED_LINES) {
      forgetOldest();
    }
    if (size <= room() / 4 && room() > FIRST_ROOM) {
      resize(room() / 2);
    }
  }

  private void forgetOldest() {
    lines -= ring[at(0) + COUNT];
    oldest = (oldest + 1) & (room() - 1);
    size--;
    forgetful = true;
  }

  /**
   * Has no more room than this from now on, forgetting the oldest for it. The budget's to call.
   *
   * @return by how much less it is
   */
  int shrinkTo(int room) {
    int before = room();
    if (before <= room) {
      return 0;
    }
    while (size > room) {
      forgetOldest();
    }
    moveTo(room);
    return before - room;
  }

  /** The publisher is forgotten, or has ended. */
  void clear() {
    int before = room();
    ring = NOTHING;
    size = 0;
    lines = 0;
    forgetful = true;
    budget.onRoomChanged(this, before, 0);
  }

  private void resize(int room) {
    int before = room();
    moveTo(room);
    budget.onRoomChanged(this, before, room);
  }

  private void moveTo(int room) {
    long[] target = new long[FIELDS * room];
    for (int i = 0; i < size; i++) {
      System.arraycopy(ring, at(i), target, FIELDS * i, FIELDS);
    }
    ring = target;
    oldest = 0;
  }

  /** What became of the numbers before the first run is not known. */
  void forgetEarlier() {
    forgetful = true;
  }

  /** Whether a number became a line that is remembered. */
  boolean has(long number) {
    return runOf(number) >= 0;
  }

  /** Whether a number is so old that it is not known what became of it. */
  boolean isForgotten(long number) {
    return forgetful && (size == 0 || number < ring[at(0) + NUMBER]);
  }

  /** The line that a number became. It must be there. */
  long lineOf(long number) {
    int run = runOf(number);
    return ring[run + LINE] + number - ring[run + NUMBER];
  }

  /** To how many others the line of a number went. It must be there. */
  int othersOf(long number) {
    return (int) ring[runOf(number) + OTHERS];
  }

  /**
   * The lines behind line {@code line}: the first of each run and the one after its last, in turn,
   * rising.
   */
  long[] linesAfter(long line) {
    long[] bounds = new long[2 * size];
    int length = 0;
    for (int i = 0; i < size; i++) {
      long start = ring[at(i) + LINE];
      long end = start + ring[at(i) + COUNT];
      if (end > line + 1) {
        bounds[length++] = Math.max(line + 1, start);
        bounds[length++] = end;
      }
    }
    return Arrays.copyOf(bounds, length);
  }

  /** Where the fields of the run are that has a number; -1 if none has. */
  private int runOf(long number) {
    int low = 0;
    int high = size - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int run = at(middle);
      if (ring[run + NUMBER] > number) {
        high = middle - 1;
      } else if (ring[run + NUMBER] + ring[run + COUNT] <= number) {
        low = middle + 1;
      } else {
        return run;
      }
    }
    return -1;
  }

  /** Where the fields of the n-th run are, the oldest first. */
  private int at(int n) {
    return ((oldest + n) & (room() - 1)) * FIELDS;
  }
}
