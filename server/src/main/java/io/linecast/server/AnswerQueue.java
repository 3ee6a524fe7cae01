package io.linecast.server;

/**
 * Answers that wait, in the order in which they will be said: a ring of runs, so that one that
 * waits is no object, and those of lines that came together take no more than one. Owned by its
 * client's loop.
 *
 * <p>A run: the client's numbers follow each other, and so do the lines that they became, or none
 * of them has one.
 */
final class AnswerQueue {

  /** Where a line's number would be, of one that has none yet. */
  static final long UNSETTLED = Long.MAX_VALUE;

  /** Where a line's number would be, of one that will never have any. */
  static final long REFUSED = 0;

  private static final int FIELDS = 4;
  private static final int NUMBER = 0;
  private static final int LINE = 1;
  private static final int DETAIL = 2;
  private static final int COUNT = 3;

  private static final int FIRST_CAPACITY = 4;

  /** What grew beyond this is given back once nothing waits. */
  private static final int KEPT_CAPACITY = 256;

  private static final long[] NOTHING = {};

  private final HeldGrowth growth;

  /** Room for a power of two of runs, or for none. */
  private long[] ring = NOTHING;

  private int capacity;
  private int first;
  private int runs;
  private int answers;

  /** At least so many of the first runs are settled. */
  private int settled;

  /** The next one begins a run. */
  private boolean apart;

  /**
   * Nothing waits.
   *
   * @param growth told of what it takes more
   */
  AnswerQueue(HeldGrowth growth) {
    this.growth = growth;
  }

  boolean isEmpty() {
    return answers == 0;
  }

  /** How many answers wait. */
  int size() {
    return answers;
  }

  /** What it takes. */
  long heldBytes() {
    return (long) Long.BYTES * ring.length;
  }

  /**
   * Adds one.
   *
   * @param line the line that it is about, {@link #UNSETTLED} or {@link #REFUSED}
   * @param detail the caller's concern
   */
  void add(long number, long line, long detail) {
    if (runs == 0 || apart || !continuesLast(number, line, detail)) {
      apart = false;
      makeRoom();
      put(at(runs++), number, line, detail, 0);
    }
    ring[at(runs - 1) + COUNT]++;
    answers++;
  }

  /** What comes next will not be settled with what came before, so that runs are seldom split. */
  void beginRun() {
    apart = true;
  }

  private boolean continuesLast(long number, long line, long detail) {
    int last = at(runs - 1);
    long count = ring[last + COUNT];
    return ring[last + NUMBER] + count == number
        && lineAfter(ring[last + LINE], count) == line
        && ring[last + DETAIL] == detail;
  }

  /** The line of an answer that comes so much later in the same run. */
  private static long lineAfter(long line, long count) {
    return line == UNSETTLED || line == REFUSED ? line : line + count;
  }

  private void put(int at, long number, long line, long detail, long count) {
    ring[at + NUMBER] = number;
    ring[at + LINE] = line;
    ring[at + DETAIL] = detail;
    ring[at + COUNT] = count;
  }

  /**
   * The first of those that are unsettled are so no more; there must be as many.
   *
   * @param line of the first; the others have those that follow it, unless it is {@link #REFUSED}
   */
  void settle(int count, long line, long detail) {
    int left = count;
    while (left > 0) {
      while (ring[at(settled) + LINE] != UNSETTLED) {
        settled++;
      }
      int at = at(settled);
      int here = (int) Math.min(left, ring[at + COUNT]);
      if (here < ring[at + COUNT]) {
        split(settled, here);
        at = at(settled);
      }
      ring[at + LINE] = lineAfter(line, count - left);
      ring[at + DETAIL] = detail;
      left -= here;
    }
  }

  /** Makes two of a run that is unsettled; the fewer ones on either side of it make room. */
  private void split(int run, int firstCount) {
    makeRoom();
    if (run < runs / 2) {
      first = (first - 1) & (capacity - 1);
      for (int i = 0; i <= run; i++) {
        System.arraycopy(ring, at(i + 1), ring, at(i), FIELDS);
      }
    } else {
      for (int i = runs; i > run + 1; i--) {
        System.arraycopy(ring, at(i - 1), ring, at(i), FIELDS);
      }
    }
    runs++;
    int at = at(run);
    long rest = ring[at + COUNT] - firstCount;
    put(at(run + 1), ring[at + NUMBER] + firstCount, UNSETTLED, ring[at + DETAIL], rest);
    ring[at + COUNT] = firstCount;
  }

  /** The client's number, of the first. There must be one. */
  long number() {
    return ring[FIELDS * first + NUMBER];
  }

  long line() {
    return ring[FIELDS * first + LINE];
  }

  long detail() {
    return ring[FIELDS * first + DETAIL];
  }

  /** Removes the first. There must be one. */
  void remove() {
    answers--;
    int at = FIELDS * first;
    if (ring[at + COUNT] > 1) {
      ring[at + NUMBER]++;
      ring[at + LINE] = lineAfter(ring[at + LINE], 1);
      ring[at + COUNT]--;
      return;
    }
    first = (first + 1) & (capacity - 1);
    runs--;
    settled = Math.max(0, settled - 1);
    if (runs == 0 && capacity > KEPT_CAPACITY) {
      ring = NOTHING;
      capacity = 0;
      first = 0;
    }
  }

  /** Where the fields of the n-th run are, from 0 on. */
  private int at(int n) {
    return FIELDS * ((first + n) & (capacity - 1));
  }

  private void makeRoom() {
    if (runs < capacity) {
      return;
    }
    int larger = Math.max(FIRST_CAPACITY, 2 * capacity);
    long[] grown = new long[FIELDS * larger];
    int more = grown.length - ring.length;
    int behind = ring.length - FIELDS * first;
    System.arraycopy(ring, FIELDS * first, grown, 0, behind);
    System.arraycopy(ring, 0, grown, behind, FIELDS * first);
    ring = grown;
    capacity = larger;
    first = 0;
    growth.add(Long.BYTES * more); // last: all is in its place, whatever comes of it
  }
}
