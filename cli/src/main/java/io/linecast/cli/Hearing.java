package io.linecast.cli;

import io.linecast.client.ClientException;
import io.linecast.client.Event;
import io.linecast.client.Events;
import io.linecast.client.Gap;
import io.linecast.client.Line;
import io.linecast.client.LinecastClient;
import io.linecast.client.Position;
import io.linecast.protocol.GapReason;
import java.io.IOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes what a client hears. A line is dealt with once it is written out, not once it is in the
 * buffer: only then is the server told so. One thread hears; any may stop it.
 */
final class Hearing {

  private static final int RUNS_ON = -1;

  /** Short: a server says goodbye only once it has sent all it has, which nobody wants any more. */
  static final Duration STOP_PATIENCE = Duration.ofMillis(300);

  /**
   * Who is always a little behind never finds nothing waiting; senders wait to be told that their
   * lines are dealt with all the same, and a server lets only so many of these wait.
   */
  private static final int UNWRITTEN_LINES = 1_000;

  private static final long UNWRITTEN_NANOS = Duration.ofMillis(100).toNanos();

  private final LinecastClient client;
  private final LineStyle style;
  private final StandardOutput out;
  private final long count;
  private final boolean failOnGap;
  private final Consumer<String> told;

  private long heard;
  private long gaps;
  private @Nullable Event last;
  private int unwritten;
  private long writtenNanos = System.nanoTime();
  private volatile int stopCode = RUNS_ON;

  /**
   * Hears from a client that listens and says what is dealt with by hand.
   *
   * @param count how many lines; 0: without end
   */
  Hearing(
      LinecastClient client,
      LineStyle style,
      StandardOutput out,
      long count,
      boolean failOnGap,
      Consumer<String> told) {
    this.client = client;
    this.style = style;
    this.out = out;
    this.count = count;
    this.failOnGap = failOnGap;
    this.told = told;
  }

  /** Ends hearing; the code is the run's, if it asked for lines that it does not have. */
  void stop(int exitCode) {
    stopCode = exitCode;
    client.close(STOP_PATIENCE);
  }

  /**
   * Hears to the end.
   *
   * @return the exit code
   * @throws IOException if standard output takes no more
   */
  int run() throws IOException {
    try {
      int exitCode = hear();
      flush();
      return exitCode;
    } catch (ClientException e) {
      flush();
      throw e;
    }
  }

  private int hear() throws IOException {
    Events events = client.events();
    Iterator<Event> waiting = events.iterator();
    while (count == 0 || heard < count) {
      Optional<Event> next = events.poll(Duration.ZERO);
      if (next.isEmpty()) {
        flush();
        if (!waiting.hasNext()) {
          return stoppedCode();
        }
        continue;
      }
      if (!take(next.get())) {
        return ExitCode.GAP.code();
      }
      unwritten++;
      if (unwritten >= UNWRITTEN_LINES || System.nanoTime() - writtenNanos >= UNWRITTEN_NANOS) {
        flush();
      }
    }
    return ExitCode.OK.code();
  }

  /** How far it has come, and how to go on. */
  String summary() {
    String words = SendTally.lines(heard) + " heard";
    if (gaps > 0) {
      words += gaps == 1 ? ", 1 gap" : ", " + gaps + " gaps";
    }
    if (last == null) {
      return words;
    }
    Position after = last.after();
    return words + "; to go on: --from " + (after.seq() + 1) + " --epoch " + after.epoch();
  }

  private boolean take(Event event) throws IOException {
    last = event;
    return switch (event) {
      case Line line -> {
        style.write(line.seq(), line.epoch(), line.bytes(), out);
        heard++;
        yield true;
      }
      case Gap gap when !gap.reason().isLoss() -> true; // there is nothing to hear
      case Gap gap -> {
        gaps++;
        flush();
        told.accept(words(gap));
        yield !failOnGap;
      }
    };
  }

  private static String words(Gap gap) {
    return gap.reason() == GapReason.EPOCH
        ? "GAP: the numbering "
            + gap.epoch()
            + " has ended; what it had from "
            + gap.first()
            + " on is missed"
        : "GAP: lines "
            + gap.first()
            + " to "
            + gap.last()
            + " are missed ("
            + gap.reason().word()
            + ")";
  }

  private void flush() throws IOException {
    out.flush();
    unwritten = 0;
    writtenNanos = System.nanoTime();
    if (last != null) {
      client.done(last);
    }
  }

  /** To be stopped is the usual end, unless there was something to wait for. */
  private int stoppedCode() {
    boolean asked = count > 0 || stopCode == ExitCode.NO_CONNECTION.code();
    return asked ? stopCode : ExitCode.OK.code();
  }
}
