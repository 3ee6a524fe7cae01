package io.linecast.server;

import io.linecast.core.Account;
import io.linecast.core.Counter;
import io.linecast.core.Counters;

/**
 * What became of a channel's deliveries: {@code eligible = delivered + skipped + lost + pending},
 * but for what happened while they were counted.
 *
 * @param lost with clients that have left
 * @param pending to clients that are here
 */
record Balance(long eligible, long delivered, long skipped, long lost, long pending) {

  static final Balance NONE = new Balance(0, 0, 0, 0, 0);

  /** Those of clients that have left. To be taken before those here are looked at. */
  static Balance ofDeparted(Counters counters) {
    return new Balance(
        0,
        counters.get(Counter.DELIVERED_TO_DEPARTED),
        counters.get(Counter.SKIPPED_BY_DEPARTED),
        counters.get(Counter.LOST_WITH_DEPARTED),
        0);
  }

  /** With those of a client that is here. */
  Balance plus(Account account) {
    return new Balance(
        eligible,
        delivered + account.delivered(),
        skipped + account.skipped(),
        lost,
        pending + account.pending());
  }

  Balance plus(Balance other) {
    return new Balance(
        eligible + other.eligible,
        delivered + other.delivered,
        skipped + other.skipped,
        lost + other.lost,
        pending + other.pending);
  }

  Balance withEligible(long all) {
    return new Balance(all, delivered, skipped, lost, pending);
  }

  /**
   * Nothing once counted is taken back: who leaves between two looks is missing from one count, and
   * in the next one again.
   */
  Balance since(Balance earlier) {
    return new Balance(
        Math.max(eligible, earlier.eligible),
        Math.max(delivered, earlier.delivered),
        Math.max(skipped, earlier.skipped),
        Math.max(lost, earlier.lost),
        pending);
  }
}
