package io.linecast.core;

import java.util.HashSet;
import java.util.Set;

/**
 * How many runs all publishers of a channel may remember together. Each takes the room it needs;
 * where that is more than there is, those that have most are cut to one share, the same for all, so
 * that nobody pays for what others need but who needs more than they.
 *
 * <p>Guarded by its channel's append section.
 */
final class RunBudget {

  /** Runs in all, of 32 bytes each. */
  static final int CHANNEL_RUNS = 1 << 20;

  /** Nobody is cut to less, however many there are: half a kilobyte, less than a connection. */
  static final int LEAST_SHARE = 16;

  /** Nobody needs more: so many runs have {@link Publisher#REMEMBERED_LINES} lines. */
  static final int LARGEST_SHARE = 1 << 14;

  private final int runs;
  private final Set<SentRuns> takers = new HashSet<>();
  private int share = LARGEST_SHARE;
  private long taken;

  /** A channel's budget. */
  RunBudget() {
    this(CHANNEL_RUNS);
  }

  /**
   * A budget of another size.
   *
   * @param runs in all
   */
  RunBudget(int runs) {
    this.runs = runs;
  }

  /** The room of all of them together, in runs. */
  long taken() {
    return taken;
  }

  /** The most room that one publisher may have now; a power of two. */
  int share() {
    return share;
  }

  /** Whether somebody who has so much room may have more. */
  boolean mayGrow(int room) {
    if (room == share && share < LARGEST_SHARE && taken <= runs / 2) {
      share *= 2; // so many have gone that twice as much fits again
    }
    return room < share;
  }

  /** Somebody's room is another one now; makes all smaller that have too much, this one too. */
  void onRoomChanged(SentRuns taker, int before, int now) {
    taken += now - before;
    if (now == 0) {
      takers.remove(taker);
    } else {
      takers.add(taker);
    }
    while (taken > runs && share > LEAST_SHARE) {
      share /= 2;
      for (SentRuns each : takers) {
        taken -= each.shrinkTo(share);
      }
    }
  }
}
