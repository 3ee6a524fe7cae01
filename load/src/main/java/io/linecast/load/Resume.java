package io.linecast.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The scenario of clients that all at once want to hear lines that are long past: how many bytes a
 * second they are fed in all. Who has had its lines goes on hearing what comes then.
 *
 * <p>All lines that the channel has must have the length that the options say: what comes is
 * counted by its bytes.
 */
final class Resume {
  private static final double NANOS_PER_SECOND = 1e9;
  private static final double BYTES_PER_GIGABYTE = 1e9;
  private static final long TURN_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);

  private final LoadOptions options;
  private final int lines;
  private final Progress progress;

  /**
   * @param lines how many each client wants
   */
  Resume(LoadOptions options, int lines, Progress progress) {
    this.options = options;
    this.lines = lines;
    this.progress = progress;
  }

  Report run() {
    progress.run("resuming");
    Fleet fleet = Connector.connect(options.target(), options.connections());
    boolean clean = false;
    try {
      Meter meter = new Meter(options.serverProcess());
      long beganNanos = System.nanoTime();
      long heartbeatNanos = Hellos.resume(fleet, lines);
      Expected expected = Expected.of(fleet, options.lineBytes(), lines);
      long doneNanos = hear(fleet, expected, heartbeatNanos);
      Report report = report(fleet, expected, doneNanos - beganNanos, meter.read());
      clean = report.clean();
      return report;
    } finally {
      if (clean) {
        fleet.closeOrderly();
      } else {
        fleet.reset();
      }
    }
  }

  /**
   * How many bytes each client is owed.
   *
   * @param bytes of each
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Expected(long[] bytes) {

    /** The last lines before the number that each was told to be the next. */
    static Expected of(Fleet fleet, int lineBytes, int lines) {
      LineLengths lengths = Dialect.ACK.lengths(lineBytes, "");
      long[] bytes = new long[fleet.size()];
      for (int i = 0; i < bytes.length; i++) {
        long first = fleet.firstNumber(i) - lines;
        if (first < 1) {
          throw new LoadFailure(
              "the channel has only %,d lines, and each client wants %,d"
                  .formatted(fleet.firstNumber(i) - 1, lines));
        }
        bytes[i] = lengths.bytes(first, lines);
      }
      return new Expected(bytes);
    }

    int missing(Fleet fleet) {
      int missing = 0;
      for (int i = 0; i < bytes.length; i++) {
        missing += fleet.receivedBytes(i) < bytes[i] ? 1 : 0;
      }
      return missing;
    }

    long total() {
      long sum = 0;
      for (long each : bytes) {
        sum += each;
      }
      return sum;
    }
  }

  /** Until all have what they wanted, or nothing comes any more; returns when that was. */
  private long hear(Fleet fleet, Expected expected, long heartbeatNanos) {
    byte[] words = Dialect.ACK.stillHere(true);
    KeepAlive alive = new KeepAlive(fleet, 0, fleet.size(), words, heartbeatNanos);
    RunClock clock = RunClock.start();
    long before = 0;
    long lastNews = clock.nanos();
    while (expected.missing(fleet) > 0 && clock.nanos() - lastNews < PATIENCE_NANOS) {
      alive.say(clock.nanos(), connection -> true);
      fleet.discardFor(TURN_NANOS);
      if (fleet.totalReceivedBytes() > before) {
        before = fleet.totalReceivedBytes();
        lastNews = clock.nanos();
      }
    }
    return System.nanoTime();
  }

  private Report report(Fleet fleet, Expected expected, long nanos, Usage usage) {
    int missing = expected.missing(fleet);
    double seconds = nanos / NANOS_PER_SECOND;
    double gigabytes = expected.total() / BYTES_PER_GIGABYTE;
    List<Figure> figures = new ArrayList<>();
    figures.add(Figure.count("connections", "clients that resume", fleet.size()));
    figures.add(Figure.count("resumed_lines", "lines each wants", lines));
    figures.add(new Figure("line_bytes", "line length", options.lineBytes(), 0, "bytes"));
    figures.add(new Figure("resumed_gigabytes", "encoded lines in all", gigabytes, 3, "GB"));
    figures.add(new Figure("resumed_seconds", "all had them after", seconds, 3, "s"));
    figures.add(new Figure("gigabytes_per_second", "fed in all", gigabytes / seconds, 3, "GB/s"));
    figures.add(Figure.count("clients_unserved", "  without all of them", missing));
    figures.add(Figure.count("connections_closed", "closed by the server", fleet.closed()));
    figures.addAll(usage.figures());
    boolean clean = missing == 0 && fleet.closed() == 0;
    String verdict = clean ? Report.NOTHING_LOST : Report.LOST;
    return new Report(
        figures, Map.of(), Doubts.ofTheKernel(usage.kernel()), verdict, clean, new double[0][]);
  }
}
