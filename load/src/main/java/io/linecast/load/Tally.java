package io.linecast.load;

/**
 * What one share of a run found out; plain values, so that it can come from another process.
 *
 * @param measured the interval between the end of the warm-up and the end of the schedule
 * @param closed connections that ended before the run did
 * @param latency of the lines on the connections that were read in full, encoded
 * @param lateness of the generator itself, behind its schedule, encoded
 * @param settledNanos from the end of the schedule until all had come or nothing came any more
 */
record Tally(
    LoadMark measured,
    Balance balance,
    int closed,
    LineFindings findings,
    String latency,
    String lateness,
    LoopTime loopTime,
    long blockedSends,
    long settledNanos) {}
