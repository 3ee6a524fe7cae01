package io.linecast.load;

/**
 * What the loop's time went into. A loop that spins never sleeps during a run, so its CPU use says
 * nothing about how much it has left; this does. Of a loop that waits it says little.
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record LoopTime(long[] nanos) {
  private static final int IDLE = 0;
  private static final int PARTLY_READY = 1;
  private static final int ALL_READY = 2;

  LoopTime() {
    this(new long[ALL_READY + 1]);
  }

  /** Adds one turn, which had {@code ready} sockets to serve and perhaps lines to send. */
  void add(long turnNanos, int ready, boolean sent) {
    int kind = ready == Epoll.EVENTS_MAX ? ALL_READY : ready > 0 || sent ? PARTLY_READY : IDLE;
    nanos[kind] += turnNanos;
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
    return share(nanos[PARTLY_READY] + nanos[ALL_READY]);
  }

  /** The share of turns, by time, that found as many sockets ready as a turn can take. */
  double fullShare() {
    return share(nanos[ALL_READY]);
  }

  private double share(long some) {
    return (double) some / Math.max(1, nanos[IDLE] + nanos[PARTLY_READY] + nanos[ALL_READY]);
  }
}
