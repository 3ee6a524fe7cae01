package io.linecast.cli;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;

/**
 * One run of {@code linecast send}: a thread reads and sends, this one waits for its end, or for a
 * signal, and settles. Reading cannot be interrupted, so the thread is left behind then.
 */
final class SendRun {

  private static final Duration LOOK_AGAIN = Duration.ofMillis(200);
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(10);
  private static final int RUNS_ON = -1;

  private final CommandLine command;
  private final Outlet outlet;
  private final SendTally tally;
  private final boolean quiet;
  private final boolean showsProgress;
  private final CompletableFuture<Integer> inputEnd = new CompletableFuture<>();
  private volatile int stopCode = RUNS_ON;

  SendRun(
      CommandLine command, Outlet outlet, SendTally tally, boolean quiet, boolean showsProgress) {
    this.command = command;
    this.outlet = outlet;
    this.tally = tally;
    this.quiet = quiet;
    this.showsProgress = showsProgress;
  }

  /** Sends nothing more; the run ends with a code once what was sent is settled. */
  void stop(int code) {
    stopCode = code;
    inputEnd.complete(code);
  }

  /**
   * Sends everything.
   *
   * @return the exit code
   * @throws RuntimeException whatever has ended it before its time; the summary is given all the
   *     same
   */
  int run(List<LineSource> sources, Metronome metronome) {
    long beganNanos = System.nanoTime();
    LinePump pump = new LinePump(sources, outlet, tally, metronome);
    StopSignals.stopOnce(this::stop, STOP_PATIENCE.multipliedBy(2));
    // A thread that waits for the next line would notice only when that has come.
    outlet.onEnd(() -> inputEnd.complete(ExitCode.NOT_ACKNOWLEDGED.code()));
    try (SendProgress progress = progress(sources)) {
      progress.start();
      Thread.ofPlatform().daemon().name("input").start(() -> pump(pump));
      Optional<RuntimeException> fault = awaitInput();
      pump.stop();
      settle(fault.isPresent());
      if (fault.isPresent()) {
        throw fault.get();
      }
    } finally {
      // What is left unsettled is told as such now.
      outlet.close();
      pump.awaitLineInHand();
      tally.end();
      if (!quiet) {
        summarize(System.nanoTime() - beganNanos);
      }
    }
    return exitCode(pump);
  }

  private void pump(LinePump pump) {
    try {
      pump.run();
      inputEnd.complete(ExitCode.OK.code());
    } catch (RuntimeException | Error e) {
      inputEnd.completeExceptionally(e);
    }
  }

  /** What has kept the input from being read to its end. */
  private Optional<RuntimeException> awaitInput() {
    try {
      inputEnd.join();
      return Optional.empty();
    } catch (CompletionException e) {
      return Optional.of(e.getCause() instanceof RuntimeException cause ? cause : e);
    }
  }

  /**
   * As long as it takes, unless it is to stop or has failed, or there is nobody to say that it is
   * settled.
   */
  private void settle(boolean failed) {
    long patienceNanos = STOP_PATIENCE.toNanos();
    long lookedNanos = System.nanoTime();
    while (!outlet.settle(LOOK_AGAIN) && patienceNanos > 0) {
      if (stopCode == ExitCode.NO_CONNECTION.code()) {
        return;
      }
      long nowNanos = System.nanoTime();
      if (failed || stopCode != RUNS_ON || !outlet.isAcknowledged()) {
        patienceNanos -= nowNanos - lookedNanos;
      }
      lookedNanos = nowNanos;
    }
  }

  private SendProgress progress(List<LineSource> sources) {
    if (!showsProgress) {
      return SendProgress.none(tally, outlet);
    }
    boolean known = sources.stream().allMatch(source -> source.bytes() > 0);
    long bytes = known ? sources.stream().mapToLong(LineSource::bytes).sum() : 0;
    return SendProgress.onTerminal(tally, outlet, bytes);
  }

  private int exitCode(LinePump pump) {
    if (stopCode != RUNS_ON) {
      return stopCode;
    }
    if (pump.missingFromInput() > 0) {
      String why =
          "the publisher has sent "
              + SendTally.lines(pump.missingFromInput())
              + " more than this input has: it is another input, which needs a name of its own";
      return ClientTrouble.report(command, why, ExitCode.NOT_ACKNOWLEDGED);
    }
    boolean all = tally.failed() == 0 && outlet.outstanding() == 0;
    return (all ? ExitCode.OK : ExitCode.NOT_ACKNOWLEDGED).code();
  }

  private void summarize(long nanos) {
    long done = outlet.isAcknowledged() ? tally.acknowledged() : tally.handedOver();
    double seconds = nanos / (double) TimeUnit.SECONDS.toNanos(1);
    StringBuilder words = new StringBuilder(SendTally.lines(done));
    words.append(' ').append(outlet.summary());
    words.append(String.format(Locale.ROOT, "; %.2f s, %,.0f/s", seconds, done / seconds));
    if (tally.skipped() > 0) {
      words.append("; ").append(SendTally.lines(tally.skipped())).append(" skipped: sent before");
    }
    long not = tally.failed() + outlet.outstanding();
    if (not > 0) {
      words
          .append("; ")
          .append(SendTally.lines(not))
          .append(outlet.isAcknowledged() ? " NOT acknowledged" : " NOT sent");
    }
    command.getErr().println("linecast send: " + words);
    command.getErr().flush();
  }
}
