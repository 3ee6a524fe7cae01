package io.linecast.load;

import java.util.Optional;

/**
 * One run from the first connection to the last: connect, probe, send by schedule and take in what
 * comes, wait for the rest, close. All of it happens on the calling thread.
 */
final class LoadRun {
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final LoadOptions options;
  private final Optional<LocalProcess> server;
  private final LineFormat format;
  private final Schedule schedule;
  private final long warmupNanos;
  private final long endNanos;
  private final LineFindings findings = new LineFindings();
  private final LoopTime loopTime = new LoopTime();
  private final Latency latency;
  private final Latency lateness;

  LoadRun(LoadOptions options) {
    this.options = options;
    this.server = options.server().or(() -> LocalProcess.listeningOn(options.target().getPort()));
    this.format = new LineFormat(options.lineBytes(), (int) System.nanoTime() & LineFormat.TAG_MAX);
    this.schedule = options.schedule();
    this.warmupNanos = options.warmupSeconds() * NANOS_PER_SECOND;
    this.endNanos = warmupNanos + options.seconds() * NANOS_PER_SECOND;
    this.latency = new Latency(warmupNanos);
    this.lateness = new Latency(warmupNanos);
  }

  LoadResult run() {
    Fleet fleet = Connector.connect(options.target(), options.connections());
    // Nobody polls these: they are there, and do not read.
    try (Fleet _ = Connector.connect(options.target(), options.stuck())) {
      new Probe(fleet, format).run();
      int[] sample = Intake.sample(options.connections(), options.sample(), options.seed());
      StreamVerifier[] verifiers = verifiers(sample);
      RunClock clock = RunClock.start();
      try (Senders senders = new Senders(fleet, schedule, format, lateness);
          Intake intake = new Intake(fleet, clock, sample, verifiers)) {
        LoadLoop loop = new LoadLoop(fleet, senders, intake, clock, format.lineBytes());
        LoadResult result = load(fleet, senders, loop, clock);
        for (StreamVerifier verifier : verifiers) {
          verifier.finish(senders::sentLines);
        }
        return result;
      }
    } finally {
      fleet.closeOrderly();
    }
  }

  private LoadResult load(Fleet fleet, Senders senders, LoadLoop loop, RunClock clock) {
    KernelCounters before = KernelCounters.read();
    loop.runUntil(warmupNanos, new LoopTime());
    LoadMark begin = LoadMark.take(clock.nanos(), senders, fleet, server);
    loop.runUntil(endNanos, loopTime);
    LoadMark end = LoadMark.take(clock.nanos(), senders, fleet, server);
    long residentBytes = server.map(LocalProcess::residentBytes).orElse(0L);
    long settledNanos = loop.settle();
    return new LoadResult(
        senders.totalSentLines(),
        end.since(begin),
        Balance.of(fleet, senders, format.lineBytes()),
        fleet.closed(),
        findings,
        latency,
        lateness,
        loopTime,
        senders.blockedSends(),
        residentBytes,
        KernelCounters.read().since(before),
        settledNanos - endNanos);
  }

  private StreamVerifier[] verifiers(int[] sample) {
    StreamVerifier[] verifiers = new StreamVerifier[sample.length];
    for (int i = 0; i < sample.length; i++) {
      verifiers[i] = new StreamVerifier(format, sample[i], options.senders(), findings, latency);
    }
    return verifiers;
  }
}
