package io.linecast.core;

/**
 * One round of a sweep: every connection is visited once. Owned by the loop but for what is said.
 */
final class Revolution {

  private int visitsLeft;

  /**
   * Somebody who takes all that is written was not given everything, so this revolution does not
   * count as one: the server is late, not that client.
   */
  private boolean unfinished;

  /**
   * Where the revolution under way began; while the sweep rests, what everybody has been offered,
   * so that a loop too busy to start the next one is seen to be late. Volatile: senders on other
   * loops look at it. Written by the loop alone.
   */
  private volatile long start;

  /** One visit more is to be made in it. */
  void addVisit() {
    visitsLeft++;
  }

  /** One is made. */
  void onVisit() {
    visitsLeft--;
  }

  boolean isOver() {
    return visitsLeft <= 0;
  }

  /** A connection has not been given all that there was. */
  void onUnfinished(boolean socketIsFull) {
    unfinished |= !socketIsFull;
  }

  /** The next one begins, with a visit for each connection. */
  void start(int visits, Head head) {
    visitsLeft = visits;
    if (!unfinished) {
      start = head.position();
    }
    unfinished = false;
  }

  /** Everybody has been offered everything. */
  void rest(Head offered) {
    visitsLeft = 0;
    unfinished = false;
    start = offered.position();
  }

  /** How far the head has moved since it began, in bytes. From any thread. */
  long bytes(Head head) {
    return head.position() - start;
  }
}
