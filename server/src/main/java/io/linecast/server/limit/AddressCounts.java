package io.linecast.server.limit;

/**
 * How many of each block of addresses are there now. Takes some bytes a block that somebody of is
 * there, and nothing for those of which nobody is. Safe from any thread.
 */
public final class AddressCounts {

  private static final int FIRST_PLACES = 64;

  /** A power of two of places; a block is at the first free one from its hash on. */
  private long[] blocks = new long[FIRST_PLACES];

  /** 0: the place is free. */
  private int[] counts = new int[FIRST_PLACES];

  private int used;

  /** Nobody is there. */
  public AddressCounts() {}

  /** Counts one more of a block, unless there are as many as there may be; returns whether. */
  public synchronized boolean tryAdd(long block, int most) {
    int at = placeOf(block);
    if (counts[at] >= most) {
      return false;
    }
    if (counts[at]++ == 0) {
      blocks[at] = block;
      used++;
      resizeIfDue();
    }
    return true;
  }

  /** One of a block has gone. It must have been counted. */
  public synchronized void remove(long block) {
    int at = placeOf(block);
    if (counts[at] == 0) {
      throw new IllegalStateException("nobody was counted of block " + Long.toHexString(block));
    }
    if (--counts[at] == 0) {
      used--;
      closeGap(at);
      resizeIfDue();
    }
  }

  /** How many of a block are there. */
  public synchronized int count(long block) {
    return counts[placeOf(block)];
  }

  /** Of how many blocks somebody is there. */
  public synchronized int blocks() {
    return used;
  }

  /** For how many there is room without growing: for tests. */
  synchronized int places() {
    return counts.length;
  }

  private int placeOf(long block) {
    int at = home(block);
    while (counts[at] != 0 && blocks[at] != block) {
      at = next(at);
    }
    return at;
  }

  /** Those behind a place that has become free move up, so that each is still found. */
  private void closeGap(int free) {
    int gap = free;
    for (int at = next(gap); counts[at] != 0; at = next(at)) {
      int distance = (at - home(blocks[at])) & (counts.length - 1);
      if (distance >= ((at - gap) & (counts.length - 1))) {
        blocks[gap] = blocks[at];
        counts[gap] = counts[at];
        counts[at] = 0;
        gap = at;
      }
    }
  }

  private void resizeIfDue() {
    int places = counts.length;
    if (used > places / 2) {
      resize(2 * places);
    } else if (places > FIRST_PLACES && used < places / 8) {
      resize(places / 2);
    }
  }

  private void resize(int places) {
    long[] oldBlocks = blocks;
    int[] oldCounts = counts;
    blocks = new long[places];
    counts = new int[places];
    for (int i = 0; i < oldCounts.length; i++) {
      if (oldCounts[i] != 0) {
        int at = placeOf(oldBlocks[i]);
        blocks[at] = oldBlocks[i];
        counts[at] = oldCounts[i];
      }
    }
  }

  private int home(long block) {
    return Spread.of(block) & (counts.length - 1);
  }

  private int next(int at) {
    return (at + 1) & (counts.length - 1);
  }
}
