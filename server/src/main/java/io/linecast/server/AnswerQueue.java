package io.linecast.server;

/**
 * Answers that wait, in the order in which they will be said: a ring of numbers, so that one that
 * waits is no object. Owned by its client's loop.
 */
final class AnswerQueue {

  private static final int FIELDS = 3;
  private static final int NUMBER = 0;
  private static final int LINE = 1;
  private static final int DETAIL = 2;

  private static final int FIRST_CAPACITY = 16;

  /** What grew beyond this is given back once nothing waits. */
  private static final int KEPT_CAPACITY = 1024;

  private static final long[] NOTHING = {};

  private final HeldGrowth growth;

  /** Room for a power of two of entries, or for none. */
  private long[] ring = NOTHING;

  private int first;
  private int size;

  /**
   * Nothing waits.
   *
   * @param growth told of what it takes more
   */
  AnswerQueue(HeldGrowth growth) {
    this.growth = growth;
  }

  boolean isEmpty() {
    return size == 0;
  }

  int size() {
    return size;
  }

  /** What it takes. */
  long heldBytes() {
    return (long) Long.BYTES * ring.length;
  }

  /** Adds one; what line and detail say is the caller's concern. */
  void add(long number, long line, long detail) {
    if (size == capacity()) {
      grow();
    }
    int at = at(size);
    ring[at + NUMBER] = number;
    ring[at + LINE] = line;
    ring[at + DETAIL] = detail;
    size++;
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

  /** What is said of the n-th, from 0 on. */
  long line(int n) {
    return ring[at(n) + LINE];
  }

  /** Says something else of it. */
  void set(int n, long line, long detail) {
    ring[at(n) + LINE] = line;
    ring[at(n) + DETAIL] = detail;
  }

  private int at(int n) {
    return FIELDS * ((first + n) & (capacity() - 1));
  }

  /** Removes the first. There must be one. */
  void remove() {
    first = (first + 1) & (capacity() - 1);
    size--;
    if (size == 0 && capacity() > KEPT_CAPACITY) {
      ring = NOTHING;
      first = 0;
    }
  }

  private int capacity() {
    return ring.length / FIELDS;
  }

  private void grow() {
    long[] larger = new long[FIELDS * Math.max(FIRST_CAPACITY, 2 * capacity())];
    growth.add(Long.BYTES * (larger.length - ring.length));
    int behind = ring.length - FIELDS * first;
    System.arraycopy(ring, FIELDS * first, larger, 0, behind);
    System.arraycopy(ring, 0, larger, behind, FIELDS * first);
    ring = larger;
    first = 0;
  }
}
