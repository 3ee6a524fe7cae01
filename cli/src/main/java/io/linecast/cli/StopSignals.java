package io.linecast.cli;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntConsumer;
import sun.misc.Signal;

/**
 * SIGINT and SIGTERM: the first begins an orderly stop, a second ends the process at once.
 *
 * <p>Not a shutdown hook: with one, the exit code would tell of a signal after an orderly stop too,
 * and a second signal would be lost.
 */
final class StopSignals {

  /** By convention a process that a signal ended has this code and the signal's number. */
  private static final int SIGNAL_EXIT_CODE = 128;

  private StopSignals() {}

  static void stopOnce(Runnable stop) {
    handle(exitCode -> stop.run());
  }

  /**
   * As {@link #stopOnce(Runnable)}, for whoever ends with the code that tells of the signal, and
   * may be held up where nothing can be interrupted: by a pipe that is not read, by a server that
   * does not read.
   *
   * @param patience how long the orderly stop may take before the process is ended as by a second
   *     signal
   */
  static void stopOnce(IntConsumer stop, Duration patience) {
    handle(
        exitCode -> {
          haltAfter(patience, exitCode);
          stop.accept(exitCode);
        });
  }

  /**
   * For whoever has something to tidy up, such as a terminal: a second signal ends nothing before
   * that is done, and a hangup is a signal like the others.
   *
   * @param patience how long the orderly stop may take before the process is ended
   */
  static void stopWithin(Duration patience, IntConsumer stop) {
    AtomicBoolean stopping = new AtomicBoolean();
    IntConsumer once =
        exitCode -> {
          if (stopping.compareAndSet(false, true)) {
            haltAfter(patience, exitCode);
            stop.accept(exitCode);
          }
        };
    for (String name : new String[] {"HUP", "INT", "TERM"}) {
      Signal.handle(new Signal(name), signal -> once.accept(SIGNAL_EXIT_CODE + signal.getNumber()));
    }
  }

  private static void haltAfter(Duration patience, int exitCode) {
    CompletableFuture.delayedExecutor(patience.toMillis(), TimeUnit.MILLISECONDS)
        .execute(() -> Runtime.getRuntime().halt(exitCode));
  }

  private static void handle(IntConsumer stop) {
    AtomicBoolean stopping = new AtomicBoolean();
    for (String name : new String[] {"INT", "TERM"}) {
      Signal.handle(
          new Signal(name),
          signal -> {
            if (stopping.compareAndSet(false, true)) {
              stop.accept(SIGNAL_EXIT_CODE + signal.getNumber());
            } else {
              Runtime.getRuntime().halt(SIGNAL_EXIT_CODE + signal.getNumber());
            }
          });
    }
  }
}
