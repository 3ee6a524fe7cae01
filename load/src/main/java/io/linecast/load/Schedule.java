package io.linecast.load;

/**
 * Which line is due when: fixed before the run begins, so that a slow server cannot slow the load
 * down and hide its own delays (open loop). Lines follow each other evenly, and the senders take
 * turns: line k is due at k / rate and is sender k mod senders' next.
 */
record Schedule(int senders, long linesPerSecond, long totalLines) {
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  /** How many lines are due at a time: all those whose moment is not after it. */
  long linesDueAt(long nanos) {
    if (nanos < 0) {
      return 0;
    }
    long seconds = nanos / NANOS_PER_SECOND;
    long rest = nanos % NANOS_PER_SECOND;
    long due = seconds * linesPerSecond + rest * linesPerSecond / NANOS_PER_SECOND + 1;
    return Math.min(due, totalLines);
  }

  /** When a line is due; the smallest time at which {@link #linesDueAt} counts it. */
  long dueNanos(long line) {
    long seconds = line / linesPerSecond;
    long rest = line % linesPerSecond;
    return seconds * NANOS_PER_SECOND
        + (rest * NANOS_PER_SECOND + linesPerSecond - 1) / linesPerSecond;
  }

  int senderOf(long line) {
    return (int) (line % senders);
  }

  /** How many of the first {@code lines} lines are one sender's. */
  long linesOf(int sender, long lines) {
    return (lines - sender + senders - 1) / senders;
  }

  /** The line that is a sender's {@code sequence}-th, counted from 0. */
  long lineOf(int sender, long sequence) {
    return sequence * senders + sender;
  }
}
