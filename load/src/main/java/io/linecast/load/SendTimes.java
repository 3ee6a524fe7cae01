package io.linecast.load;

/**
 * When the lines that are not answered yet were sent, of those that were sent together once. Used
 * by one thread.
 */
final class SendTimes {
  private final long[] lastLines; // a ring
  private final long[] nanos;
  private int first;
  private int size;
  private long sent;

  /**
   * @param window how many lines may be unanswered
   */
  SendTimes(int window) {
    lastLines = new long[window + 1];
    nanos = new long[window + 1];
  }

  /** So many lines have been sent in all. */
  void sent(long lines, long nowNanos) {
    if (lines == sent) {
      return;
    }
    int end = (first + size) % lastLines.length;
    lastLines[end] = lines;
    nanos[end] = nowNanos;
    size++;
    sent = lines;
  }

  /**
   * The answers have come to further lines.
   *
   * @param before how many lines were answered before
   * @param now how many are now; more than were sent count for nothing
   */
  void answered(long before, long now, long nowNanos, Latency latency) {
    long from = before;
    while (from < now && size > 0) {
      long to = Math.min(now, lastLines[first]);
      latency.record(nanos[first], nowNanos, to - from);
      if (to == lastLines[first]) {
        first = (first + 1) % lastLines.length;
        size--;
      }
      from = to;
    }
  }
}
