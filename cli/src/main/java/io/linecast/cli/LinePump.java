package io.linecast.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Takes lines from the input to where they are sent, on a thread of its own. */
final class LinePump {

  private final List<LineSource> sources;
  private final Outlet outlet;
  private final SendTally tally;
  private final Metronome metronome;
  private final Semaphore hand = new Semaphore(1);
  private long toSkip;
  private volatile boolean stopped;

  LinePump(List<LineSource> sources, Outlet outlet, SendTally tally, Metronome metronome) {
    this.sources = sources;
    this.outlet = outlet;
    this.tally = tally;
    this.metronome = metronome;
  }

  /** Sends everything. */
  void run() {
    toSkip = outlet.sentBefore();
    for (LineSource source : sources) {
      try (InputStream in = source.open()) {
        send(source, new ByteLines(in, outlet::flush));
      } catch (IOException e) {
        throw FileTrouble.report("cannot read " + source, e);
      }
    }
    outlet.flush();
  }

  /** How many lines an earlier run has sent beyond the end of this input. */
  long missingFromInput() {
    return toSkip;
  }

  /** Sends no line more; one that is being read for may be waited for in vain. */
  void stop() {
    stopped = true;
  }

  /**
   * Waits, for a moment, until the line that is being sent is sent or has failed: once the outlet
   * is closed, that is.
   */
  void awaitLineInHand() {
    try {
      if (hand.tryAcquire(1, TimeUnit.SECONDS)) {
        hand.release();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void send(LineSource source, ByteLines lines) throws IOException {
    long number = 0;
    while (!stopped && lines.next(outlet.maxLineBytes())) {
      number++;
      tally.read(lines.lengthBytes() + 1);
      sendOne(new SendTally.Place(source, number), lines);
    }
  }

  private void sendOne(SendTally.Place place, ByteLines lines) {
    if (lines.isTooLong()) {
      // Not handed over, so that it takes no number: a later run counts the same.
      tally.fail(place, tooLong(lines.lengthBytes()));
    } else if (toSkip > 0) {
      toSkip--;
      tally.skip();
    } else {
      if (metronome.isEarly()) {
        outlet.flush();
      }
      metronome.await();
      handOver(place, lines.line());
    }
  }

  private void handOver(SendTally.Place place, byte[] line) {
    hand.acquireUninterruptibly();
    try {
      if (!stopped) {
        outlet.send(place, line);
      }
    } catch (RuntimeException e) {
      tally.fail(place, String.valueOf(e.getMessage()));
      throw e;
    } finally {
      hand.release();
    }
  }

  private String tooLong(long lengthBytes) {
    return String.format(
        Locale.ROOT,
        "too long, not sent: %,d bytes where %,d are the most",
        lengthBytes,
        outlet.maxLineBytes());
  }
}
