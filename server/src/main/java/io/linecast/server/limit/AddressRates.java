package io.linecast.server.limit;

import java.util.Arrays;

/**
 * What each block of addresses has taken of a {@link Rate}. Takes a fixed amount of memory however
 * many addresses there are: where there is no room, the block forgets that has least to wait, which
 * is then where one is that comes for the first time. So many addresses help whoever has them, as
 * they would anyway, and nobody else is refused for it. Safe from any thread.
 */
public final class AddressRates {

  private static final int WAYS = 8;

  private final Rate rate;
  private final int setMask;
  private final long[] blocks;

  /** The debts; of a place where nobody is yet, long paid. */
  private final long[] debts;

  /**
   * Nobody has taken anything.
   *
   * @param places how many blocks are remembered: a power of two from 8 on
   */
  public AddressRates(Rate rate, int places, long nowNanos) {
    if (places < WAYS || Integer.bitCount(places) != 1) {
      throw new IllegalArgumentException("places: " + places);
    }
    this.rate = rate;
    this.setMask = places / WAYS - 1;
    this.blocks = new long[places];
    this.debts = new long[places];
    Arrays.fill(debts, rate.none(nowNanos));
  }

  /**
   * Takes so much for a block if it need not wait; it may be more than is left.
   *
   * @return 0 if it was taken; else for how long nothing may be
   */
  public synchronized long take(long block, long amount, long nowNanos) {
    if (!rate.isLimited()) {
      return 0;
    }
    int at = placeOf(block, nowNanos);
    long wait = rate.waitNanos(debts[at], nowNanos);
    if (wait == 0) {
      debts[at] = rate.after(debts[at], nowNanos, amount);
    }
    return wait;
  }

  /** For how long nothing may be taken for a block; 0 if something may. */
  public synchronized long waitNanos(long block, long nowNanos) {
    return rate.isLimited() ? rate.waitNanos(debts[placeOf(block, nowNanos)], nowNanos) : 0;
  }

  /** Where a block is, or from now on is. */
  private int placeOf(long block, long nowNanos) {
    int first = (Spread.of(block) & setMask) * WAYS;
    int least = first;
    for (int at = first; at < first + WAYS; at++) {
      if (blocks[at] == block) {
        return at;
      }
      if (debts[at] - debts[least] < 0) {
        least = at;
      }
    }
    blocks[least] = block;
    debts[least] = rate.none(nowNanos);
    return least;
  }
}
