package io.linecast.load;

import java.util.OptionalInt;

/**
 * Looks for the highest rate that is sustained: doubles it until one is not, then halves what is
 * between. Where even the first is not, it goes down by halves.
 */
final class FloodSearch {
  /** The search ends when the highest sustained is so near the lowest that is not. */
  private static final double PRECISION = 0.05;

  private final int firstRate;
  private final int rateMax;
  private int sustained;
  private int exceeded;

  FloodSearch(int firstRate, int rateMax) {
    this.firstRate = firstRate;
    this.rateMax = rateMax;
    this.exceeded = rateMax + 1;
  }

  /** The rate to try next; empty when the search is over. */
  OptionalInt next() {
    if (sustained == 0) {
      int rate = exceeded > rateMax ? firstRate : exceeded / 2;
      return rate == 0 ? OptionalInt.empty() : OptionalInt.of(rate);
    }
    if (exceeded > rateMax) {
      return sustained == rateMax
          ? OptionalInt.empty()
          : OptionalInt.of((int) Math.min(2L * sustained, rateMax));
    }
    if (exceeded - sustained <= Math.max(1, PRECISION * sustained)) {
      return OptionalInt.empty();
    }
    return OptionalInt.of((int) Math.round(Math.sqrt((double) sustained * exceeded)));
  }

  void record(int rate, boolean wasSustained) {
    if (wasSustained) {
      sustained = rate;
    } else {
      exceeded = rate;
    }
  }

  /** The highest sustained rate so far; 0 if there was none. */
  int sustained() {
    return sustained;
  }
}
