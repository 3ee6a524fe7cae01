package io.linecast.cli;

import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Counts what becomes of the lines that are sent. Safe from any thread. */
final class SendTally {

  /**
   * Where a line stands in the input.
   *
   * @param source which input
   * @param number its number there, from 1
   */
  record Place(LineSource source, long number) {
    boolean follows(Place other) {
      return number == other.number + 1 && source.equals(other.source);
    }

    @Override
    public String toString() {
      return source + ", line " + number;
    }
  }

  private final FailedLines failures;
  private final AtomicLong handedOver = new AtomicLong();
  private final AtomicLong acknowledged = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private final AtomicLong skipped = new AtomicLong();
  private final AtomicLong readBytes = new AtomicLong();

  SendTally(Consumer<String> told) {
    failures = new FailedLines(told);
  }

  void handOver() {
    handedOver.incrementAndGet();
  }

  void acknowledge() {
    acknowledged.incrementAndGet();
  }

  void skip() {
    skipped.incrementAndGet();
  }

  void read(long bytes) {
    readBytes.addAndGet(bytes);
  }

  /** A line that will not be acknowledged. */
  void fail(Place place, String why) {
    failed.incrementAndGet();
    failures.add(place, why);
  }

  /** Nothing more will come. */
  void end() {
    failures.end();
  }

  long handedOver() {
    return handedOver.get();
  }

  long acknowledged() {
    return acknowledged.get();
  }

  long failed() {
    return failed.get();
  }

  long skipped() {
    return skipped.get();
  }

  long readBytes() {
    return readBytes.get();
  }

  /** A number of lines in words. */
  static String lines(long count) {
    return String.format(Locale.ROOT, count == 1 ? "%,d line" : "%,d lines", count);
  }
}
