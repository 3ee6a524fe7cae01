package io.linecast.load;

import java.util.List;

/**
 * What a run found out, all shares together.
 *
 * @param sentLines lines of the schedule that the kernel took
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
    long settledNanos,
    ServerUsage server,
    KernelCounters kernel) {

  static LoadResult of(
      List<Tally> tallies, long sentLines, ServerUsage server, KernelCounters kernel) {
    LoadMark measured = tallies.stream().map(Tally::measured).reduce(LoadMark::plus).orElseThrow();
    LineFindings findings = new LineFindings();
    tallies.forEach(tally -> findings.add(tally.findings()));
    Latency latency = new Latency(0);
    tallies.forEach(tally -> latency.add(Latency.decode(tally.latency())));
    Latency lateness = new Latency(0);
    tallies.forEach(tally -> lateness.add(Latency.decode(tally.lateness())));
    return new LoadResult(
        sentLines,
        measured,
        tallies.stream().map(Tally::balance).reduce(Balance.NOTHING, Balance::plus),
        tallies.stream().mapToInt(Tally::closed).sum(),
        findings,
        latency,
        lateness,
        tallies.stream().map(Tally::loopTime).reduce(new LoopTime(), LoopTime::plus),
        tallies.stream().mapToLong(Tally::blockedSends).sum(),
        tallies.stream().mapToLong(Tally::settledNanos).max().orElse(0),
        server,
        kernel);
  }

  /**
   * What the server's process took; all 0 if it is not of this machine.
   *
   * @param cpuNanos in the measured interval
   * @param residentBytes at the end of the schedule
   * @param mostResidentBytes that were seen at any moment of the schedule
   */
  record ServerUsage(long cpuNanos, long residentBytes, long mostResidentBytes) {}
}
