package io.linecast.load;

/**
 * What the loop's time went into. A loop that spins never sleeps during a run, so its CPU use says
 * nothing about how much it has left; this does. Of a loop that waits it says little.
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record LoopTime(long[] nanos) {
  private static final int IDLE = 0;
  private static final int BUSY = 1;
  private static final int FULL = 2;

  LoopTime() {
    this(new long[FULL + 1]);
  }

  /**
   * Adds one turn.
   *
   * @param full whether it had as many sockets to serve as a turn can have
   * @param busy whether it had any, or lines to send
   */
  void add(long turnNanos, boolean full, boolean busy) {
    nanos[full ? FULL : busy ? BUSY : IDLE] += turnNanos;
  }

  LoopTime plus(LoopTime other) {
    long[] sum = nanos.clone();
    for (int i = 0; i < sum.length; i++) {
      sum[i] += other.nanos[i];
    }
    return new LoopTime(sum);
  }

  /** The share of turns, by time, that found something to do. */
  double busyShare() {
    return share(nanos[BUSY] + nanos[FULL]);
  }

  /** The share of turns, by time, that found as many sockets ready as there can be. */
  double fullShare() {
    return share(nanos[FULL]);
  }

  private double share(long some) {
    return (double) some / Math.max(1, nanos[IDLE] + nanos[BUSY] + nanos[FULL]);
  }
}
