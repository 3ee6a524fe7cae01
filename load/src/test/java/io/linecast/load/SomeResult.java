package io.linecast.load;

/** The result of a run in which all was well, but for what a test changes. */
final class SomeResult {
  static final long SECOND_NANOS = 1_000_000_000L;
  static final long MILLI_NANOS = 1_000_000L;

  final LineFindings findings = new LineFindings();
  final Latency latency = new Latency(0);
  final Latency lateness = new Latency(0);
  final LoopTime loopTime = new LoopTime();
  long sentLines;
  long ownCpuNanos = SECOND_NANOS;
  Balance balance;
  long blockedSends;
  long settledNanos;
  KernelCounters kernel = new KernelCounters(0, 0);

  SomeResult(LoadOptions options) {
    sentLines = options.totalLines();
    long deliveries = sentLines * (options.connections() - 1);
    balance = new Balance(deliveries, deliveries, 0, 0, 0);
  }

  /** Has so many lines come after so many milliseconds. */
  SomeResult delayed(int lines, long millis) {
    for (int i = 0; i < lines; i++) {
      latency.record(0, millis * MILLI_NANOS);
    }
    return this;
  }

  LoadResult made() {
    return new LoadResult(
        sentLines,
        new LoadMark(
            SECOND_NANOS,
            sentLines,
            balance.received() * 20,
            balance.received(),
            sentLines,
            ownCpuNanos),
        balance,
        0,
        findings,
        latency,
        lateness,
        loopTime,
        blockedSends,
        settledNanos,
        new LoadResult.ServerUsage(SECOND_NANOS / 2, 100_000_000, 110_000_000),
        kernel);
  }
}
