package io.linecast.load;

/**
 * What a run found out.
 *
 * @param measured the interval between the end of the warm-up and the end of the schedule
 * @param closed connections that ended before the run did
 * @param latency of the lines on the connections that were read in full
 * @param lateness of the generator itself, behind its schedule
 * @param serverResidentBytes at the end of the schedule; 0 if the server is not of this machine
 * @param settledNanos from the end of the schedule until all had come or nothing came any more
 */
record LoadResult(
    long sentLines,
    LoadMark measured,
    Balance balance,
    int closed,
    LineFindings findings,
    Latency latency,
    Latency lateness,
    LoopTime loopTime,
    long blockedSends,
    long serverResidentBytes,
    KernelCounters kernel,
    long settledNanos) {}
