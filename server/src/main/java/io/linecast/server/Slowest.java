package io.linecast.server;

import io.linecast.core.Lag;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Those who are furthest behind, out of any number: only so many are kept at a time. For one
 * thread.
 *
 * @param <C> who they are
 */
final class Slowest<C> {

  /** How many are kept. */
  static final int MOST = 20;

  private static final Comparator<Lag> BY_LAG =
      Comparator.comparingLong(Lag::bytes).thenComparingLong(Lag::lines);

  /** One of them. */
  record Late<C>(C client, Lag lag) {}

  /** The least late first: the one to make room. */
  private final PriorityQueue<Late<C>> kept =
      new PriorityQueue<>(MOST, Comparator.comparing(Late::lag, BY_LAG));

  /** Takes one more, who may not be late at all. */
  void add(C client, Lag lag) {
    if (lag.bytes() == 0 && lag.lines() == 0) {
      return;
    }
    if (kept.size() < MOST) {
      kept.add(new Late<>(client, lag));
    } else if (BY_LAG.compare(lag, kept.element().lag()) > 0) {
      kept.remove();
      kept.add(new Late<>(client, lag));
    }
  }

  /** Those kept, the latest first. */
  List<Late<C>> list() {
    return kept.stream().sorted(Comparator.comparing(Late<C>::lag, BY_LAG).reversed()).toList();
  }
}
