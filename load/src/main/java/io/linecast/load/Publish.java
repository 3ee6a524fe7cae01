package io.linecast.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The scenario of publishers that do not wait for one answer before the next line. */
final class Publish {
  private static final double NANOS_PER_SECOND = 1e9;

  private final LoadOptions options;
  private final int window;
  private final int linesPerSecond;
  private final Progress progress;

  /**
   * @param window how many lines of each publisher may be unanswered
   * @param linesPerSecond of all; 0: as many as are answered
   */
  Publish(LoadOptions options, int window, int linesPerSecond, Progress progress) {
    this.options = options;
    this.window = window;
    this.linesPerSecond = linesPerSecond;
    this.progress = progress;
    if (options.dialect() != Dialect.LINES) {
      throw new UsageException("--speak: publish is for servers that speak lines");
    }
  }

  Report run() {
    progress.run("publishing");
    PublishResult result =
        PublishRun.run(options, options.senders(), window, linesPerSecond, progress);
    List<Figure> figures = new ArrayList<>(figures(result));
    figures.addAll(result.checks());
    figures.addAll(result.resources());
    List<String> warnings = new ArrayList<>(result.warnings());
    warnings.addAll(Doubts.ofALoopThatNeverRests(result.loopTime()));
    boolean clean = result.isClean();
    String verdict = clean ? "every line was acknowledged once" : Report.LOST;
    return new Report(figures, Map.of(), warnings, verdict, clean, result.latency().curve());
  }

  private List<Figure> figures(PublishResult result) {
    Latency latency = result.latency();
    return List.of(
        Figure.count("senders", "publishers", options.senders()),
        Figure.count("window_lines", "lines of each on their way", window),
        new Figure("line_bytes", "line length", options.lineBytes(), 0, "bytes"),
        new Figure(
            "measured_seconds", "measured", result.measuredNanos() / NANOS_PER_SECOND, 3, "s"),
        new Figure(
            "acknowledged_lines_per_second", "acknowledged", result.linesPerSecond(), 0, "lines/s"),
        Figure.count("latency_samples", "from SEND to SENT: lines measured", latency.count()),
        millis("latency_p50_millis", "  p50", latency.percentileMillis(50)),
        millis("latency_p90_millis", "  p90", latency.percentileMillis(90)),
        millis("latency_p99_millis", "  p99", latency.percentileMillis(99)),
        millis("latency_p999_millis", "  p99.9", latency.percentileMillis(99.9)),
        millis("latency_max_millis", "  max", latency.maxMillis()));
  }

  private static Figure millis(String key, String label, double millis) {
    return new Figure(key, label, millis, 3, "ms");
  }
}
