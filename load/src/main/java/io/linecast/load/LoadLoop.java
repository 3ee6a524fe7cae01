package io.linecast.load;

/**
 * Sends what is due and takes in what has come, in turns. It asks and never waits while a run is
 * on: it has a core of its own, and to be woken would cost the server time.
 */
final class LoadLoop {
  /** After so many sockets the schedule is looked at again, so that reading does not delay it. */
  private static final int READS_BETWEEN_SENDS = 16;

  private static final long SETTLE_MAX_NANOS = 60_000_000_000L;
  private static final long SILENCE_MAX_NANOS = 5_000_000_000L;
  private static final long SURPLUS_WAIT_NANOS = 200_000_000L;
  private static final int SETTLE_POLL_MILLIS = 20;

  private final Fleet fleet;
  private final Senders senders;
  private final Intake intake;
  private final RunClock clock;
  private final int lineBytes;

  LoadLoop(Fleet fleet, Senders senders, Intake intake, RunClock clock, int lineBytes) {
    this.fleet = fleet;
    this.senders = senders;
    this.intake = intake;
    this.clock = clock;
    this.lineBytes = lineBytes;
  }

  /** Goes on until {@code endNanos} of the run. */
  void runUntil(long endNanos, LoopTime time) {
    long now = clock.nanos();
    while (now < endNanos) {
      boolean sent = senders.sendDue(now);
      int ready = turn(0);
      long next = clock.nanos();
      time.add(next - now, ready, sent);
      now = next;
    }
  }

  /**
   * Goes on until all lines have been sent and received, or nothing more comes. Returns the moment
   * at which the last byte had come.
   */
  long settle() {
    long began = clock.nanos();
    long lastNews = began;
    long seenBytes = fleet.totalReceivedBytes();
    long now = began;
    int ready = 1;
    while (now - began < SETTLE_MAX_NANOS && (ready > 0 || now - lastNews < patienceNanos())) {
      senders.sendDue(now);
      ready = turn(SETTLE_POLL_MILLIS);
      now = clock.nanos();
      if (fleet.totalReceivedBytes() != seenBytes) {
        seenBytes = fleet.totalReceivedBytes();
        lastNews = now;
      }
    }
    return lastNews;
  }

  /** When all is there, only what should not come can still come; it gets a moment to do so. */
  private long patienceNanos() {
    return senders.isDone() && Balance.of(fleet, senders, lineBytes).lost() == 0
        ? SURPLUS_WAIT_NANOS
        : SILENCE_MAX_NANOS;
  }

  private int turn(int timeoutMillis) {
    Epoll epoll = fleet.epoll();
    int ready = epoll.poll(timeoutMillis);
    for (int event = 0; event < ready; event++) {
      int connection = epoll.token(event);
      if (epoll.isReadable(event)) {
        intake.onReadable(connection, epoll.isEnded(event));
      }
      if (epoll.isWritable(event)) {
        senders.onWritable(connection);
      }
      if (event % READS_BETWEEN_SENDS == READS_BETWEEN_SENDS - 1) {
        senders.sendDue(clock.nanos());
      }
    }
    return ready;
  }
}
