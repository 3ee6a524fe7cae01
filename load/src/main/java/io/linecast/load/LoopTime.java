package io.linecast.load;

/**
 * What the loop's time went into. The loop never sleeps during a run, so its CPU use says nothing
 * about how much it has left; this does.
 */
final class LoopTime {
  private long idleNanos;
  private long partlyReadyNanos;
  private long allReadyNanos;

  /** Adds one turn, which had {@code ready} sockets to serve and perhaps lines to send. */
  void add(long nanos, int ready, boolean sent) {
    if (ready == Epoll.EVENTS_MAX) {
      allReadyNanos += nanos;
    } else if (ready > 0 || sent) {
      partlyReadyNanos += nanos;
    } else {
      idleNanos += nanos;
    }
  }

  /** The share of turns, by time, that found something to do. */
  double busyShare() {
    return share(partlyReadyNanos + allReadyNanos);
  }

  /** The share of turns, by time, that found as many sockets ready as a turn can take. */
  double fullShare() {
    return share(allReadyNanos);
  }

  private double share(long nanos) {
    return (double) nanos / Math.max(1, idleNanos + partlyReadyNanos + allReadyNanos);
  }
}
