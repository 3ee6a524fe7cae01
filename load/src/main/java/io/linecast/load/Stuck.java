package io.linecast.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The scenario in which some clients never read: what do the others have of it? */
final class Stuck {
  private static final double BYTES_PER_MEGABYTE = 1e6;
  private static final int PERCENT = 100;

  private final LoadOptions options;
  private final int sharePercent;
  private final Progress progress;

  /**
   * @param sharePercent how many of all clients never read; the options' connections are the others
   */
  Stuck(LoadOptions options, int sharePercent, Progress progress) {
    this.options = options;
    this.sharePercent = sharePercent;
    this.progress = progress;
  }

  Report run() {
    int stuck = Math.max(1, options.connections() * sharePercent / (PERCENT - sharePercent));
    LoadOptions with = options.withStuck(stuck);
    progress.run("without");
    LoadResult before = new LoadRun(options, progress).run();
    Optional<LocalProcess> server = options.serverProcess();
    long residentBefore = server.map(LocalProcess::residentBytes).orElse(0L);
    progress.run("with %d that never read".formatted(stuck));
    LoadResult after = new LoadRun(with, progress).run();
    double p99Before = before.latency().percentileMillis(99);
    double p99After = after.latency().percentileMillis(99);
    List<Figure> figures = new ArrayList<>();
    figures.add(millis("healthy_p99_millis_without", "p99 without them", p99Before));
    figures.add(millis("healthy_p99_millis_with", "p99 of the others with them", p99After));
    figures.add(
        new Figure("healthy_p99_ratio", "  ratio", p99After / Math.max(1e-6, p99Before), 2, ""));
    if (server.isPresent()) {
      figures.add(megabytes("resident_megabytes_before", "server: memory before", residentBefore));
      figures.add(
          megabytes("resident_megabytes_after", "  at the end", after.serverResidentBytes()));
      figures.add(megabytes("resident_megabytes_max", "  at most ever", server.get().mostBytes()));
    }
    figures.addAll(LoadReport.figures(with, after));
    boolean clean = LoadReport.isClean(options, before) && LoadReport.isClean(with, after);
    Report report = LoadReport.of(with, after);
    List<String> warnings =
        Stream.concat(
                LoadReport.of(options, before).warnings().stream().map(w -> "without them: " + w),
                report.warnings().stream())
            .toList();
    String verdict = clean ? Report.NOTHING_LOST + " of the others' lines" : Report.LOST;
    return new Report(figures, Map.of(), warnings, verdict, clean, report.curve());
  }

  private static Figure millis(String key, String label, double millis) {
    return new Figure(key, label, millis, 3, "ms");
  }

  private static Figure megabytes(String key, String label, long bytes) {
    return new Figure(key, label, bytes / BYTES_PER_MEGABYTE, 1, "MB");
  }
}
