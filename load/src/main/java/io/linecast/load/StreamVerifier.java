package io.linecast.load;

import java.util.function.IntToLongFunction;

/**
 * Reads all that one connection receives: takes it apart into lines, checks each, and has the delay
 * of each recorded. A line may come in any number of pieces.
 */
final class StreamVerifier implements Verifier {
  private final LineFormat format;
  private final Frame frame;
  private final int frameBytes;
  private final int ownSender;
  private final Schedule schedule;
  private final SequenceCheck sequences;
  private final LineFindings findings;
  private final Latency latency;
  private final byte[] begun; // a line of which the end has not come yet
  private int begunBytes;
  private boolean skipping; // to the next LF, in a stretch that is no line

  /**
   * @param schedule says which lines there are
   * @param ownSender the sender whose lines must not come back here; {@link Share#NOBODY} if there
   *     is none
   */
  StreamVerifier(
      LineFormat format,
      Frame frame,
      int ownSender,
      Schedule schedule,
      LineFindings findings,
      Latency latency) {
    this.format = format;
    this.frame = frame;
    this.frameBytes = frame.sizeBytes(format.lineBytes());
    this.ownSender = ownSender;
    this.schedule = schedule;
    this.sequences = new SequenceCheck(schedule.senders(), findings);
    this.findings = findings;
    this.latency = latency;
    this.begun = new byte[frameBytes];
  }

  @Override
  public void accept(byte[] bytes, int count, long nowNanos) {
    int position = 0;
    while (position < count) {
      if (skipping) {
        position = skipToLineFeed(bytes, position, count);
      } else if (begunBytes > 0) {
        position += completeBegun(bytes, position, count, nowNanos);
      } else if (count - position < frameBytes) {
        begunBytes = count - position;
        System.arraycopy(bytes, position, begun, 0, begunBytes);
        return;
      } else {
        position += acceptLine(bytes, position, nowNanos);
      }
    }
  }

  @Override
  public void finish(IntToLongFunction sentLines) {
    if (begunBytes > 0) {
      findings.addTorn();
    }
    for (int sender = 0; sender < schedule.senders(); sender++) {
      if (sender != ownSender) {
        sequences.finishSender(sender, sentLines.applyAsLong(sender));
      }
    }
    sequences.finishGaps();
  }

  private int completeBegun(byte[] bytes, int position, int count, long nowNanos) {
    int taken = Math.min(begun.length - begunBytes, count - position);
    System.arraycopy(bytes, position, begun, begunBytes, taken);
    begunBytes += taken;
    if (begunBytes == begun.length) {
      int used = acceptLine(begun, 0, nowNanos);
      // In a broken stream the LF can stand before the end: what follows it is the next line's.
      begunBytes -= used;
      System.arraycopy(begun, used, begun, 0, begunBytes);
    }
    return taken;
  }

  /** Takes one line, of which as many bytes as a line has are there; says how many it used. */
  private int acceptLine(byte[] bytes, int offset, long nowNanos) {
    int line = offset + frame.prefix().length;
    if (!frame.surrounds(bytes, offset, format.lineBytes()) || !format.isWhole(bytes, line)) {
      findings.addTorn();
      skipping = true;
      return skipToLineFeed(bytes, offset, offset + frameBytes) - offset;
    }
    int sender = format.sender(bytes, line);
    int sequence = format.sequence(bytes, line);
    long dueNanos = format.timeNanos(bytes, line);
    if (!format.isOfThisRun(bytes, line) || !isScheduled(sender, sequence, dueNanos)) {
      findings.addForeign();
    } else if (sender == ownSender) {
      findings.addOwn();
    } else {
      latency.record(dueNanos, nowNanos);
      sequences.accept(sender, sequence);
    }
    return frameBytes;
  }

  /** When a line was due follows from what else it says; a line that was tampered with differs. */
  private boolean isScheduled(int sender, int sequence, long dueNanos) {
    return sender < schedule.senders()
        && sequence < schedule.linesOf(sender, schedule.totalLines())
        && dueNanos == schedule.dueNanos(schedule.lineOf(sender, sequence));
  }

  private int skipToLineFeed(byte[] bytes, int position, int end) {
    for (int i = position; i < end; i++) {
      if (bytes[i] == '\n') {
        skipping = false;
        return i + 1;
      }
    }
    return end;
  }
}
