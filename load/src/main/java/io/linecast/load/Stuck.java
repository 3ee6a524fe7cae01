package io.linecast.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The scenario in which some clients never read: what do the others have of it? A run with them
 * stands between two without, so that a server that gets faster as it runs is not taken for one
 * that they do no harm.
 */
final class Stuck {
  private static final double BYTES_PER_MEGABYTE = 1e6;
  private static final double NANOS_PER_MILLI = 1e6;
  private static final int PERCENT = 100;

  private final LoadOptions without;
  private final LoadOptions with;
  private final Progress progress;

  /**
   * @param sharePercent how many of all clients never read; the options' connections are the others
   */
  Stuck(LoadOptions options, int sharePercent, Progress progress) {
    int stuck = Math.max(1, options.connections() * sharePercent / (PERCENT - sharePercent));
    this.without = options;
    this.with = options.withStuck(stuck);
    this.progress = progress;
  }

  Report run() {
    if (without.warmupSeconds() > 0) {
      // As long as the others: a server and a load that have run for less still get faster.
      run("warm-up", without);
    }
    LoadResult before = run("without", without);
    Optional<LocalProcess> server = without.serverProcess();
    long residentBefore = resident(server);
    LoadResult stuck = run("with " + with.stuck() + " that never read", with);
    LoadResult again = run("without again", without);

    List<Figure> figures =
        new ArrayList<>(delays(before.latency(), stuck.latency(), again.latency()));
    figures.add(
        megabytes("sent_megabytes_with", "sent to each", with.totalLines() * with.lineBytes()));
    if (server.isPresent()) {
      figures.addAll(memory(residentBefore, stuck.server(), resident(server)));
    }
    Report report = LoadReport.of(with, stuck);
    figures.addAll(report.figures());
    boolean clean =
        report.clean() && LoadReport.isClean(without, before) && LoadReport.isClean(without, again);
    List<String> warnings =
        Stream.of(
                report.warnings().stream(),
                Doubts.of(without, before).stream().map(doubt -> "without them: " + doubt),
                Doubts.of(without, again).stream().map(doubt -> "without them again: " + doubt))
            .flatMap(doubts -> doubts)
            .toList();
    String verdict = clean ? Report.NOTHING_LOST + " of the others' lines" : Report.LOST;
    return new Report(figures, Map.of(), warnings, verdict, clean, report.curve());
  }

  /** The run with them against the mean of the two without. */
  static List<Figure> delays(Latency before, Latency with, Latency again) {
    double first = before.percentileMillis(99);
    double last = again.percentileMillis(99);
    double mean = (first + last) / 2;
    double p99 = with.percentileMillis(99);
    // No delay is below a nanosecond, but the first of an unreal server.
    double ratio = p99 / Math.max(1 / NANOS_PER_MILLI, mean);
    return List.of(
        millis("healthy_p99_millis_without", "p99 without them, mean of two", mean),
        millis("healthy_p99_millis_without_before", "  before", first),
        millis("healthy_p99_millis_without_again", "  again", last),
        millis("healthy_p99_millis_with", "p99 of the others with them", p99),
        new Figure("healthy_p99_ratio", "  ratio to the mean", ratio, 2, ""));
  }

  /** Flat is memory that is the same at all these moments. */
  static List<Figure> memory(long before, LoadResult.ServerUsage with, long again) {
    return List.of(
        megabytes("resident_megabytes_before", "server: memory before them", before),
        megabytes("resident_megabytes_max", "  at most with them", with.mostResidentBytes()),
        megabytes("resident_megabytes_after", "  at the end with them", with.residentBytes()),
        megabytes("resident_megabytes_again", "  without them again", again));
  }

  private LoadResult run(String name, LoadOptions options) {
    progress.run(name);
    return new LoadRun(options, progress).run();
  }

  private static long resident(Optional<LocalProcess> server) {
    return server.map(LocalProcess::residentBytes).orElse(0L);
  }

  private static Figure millis(String key, String label, double millis) {
    return new Figure(key, label, millis, 3, "ms");
  }

  private static Figure megabytes(String key, String label, long bytes) {
    return new Figure(key, label, bytes / BYTES_PER_MEGABYTE, 1, "MB");
  }
}
