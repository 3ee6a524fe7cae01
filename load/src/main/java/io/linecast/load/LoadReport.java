package io.linecast.load;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Puts the result of a load run into figures. */
final class LoadReport {
  private static final double NANOS_PER_SECOND = 1e9;
  private static final double NANOS_PER_MILLI = 1e6;
  private static final double BYTES_PER_MEGABYTE = 1e6;
  private static final double PERCENT = 100;

  private LoadReport() {}

  static Report of(LoadOptions options, LoadResult result) {
    boolean clean = isClean(options, result);
    return new Report(
        figures(options, result),
        Map.of(),
        Doubts.of(options, result),
        clean ? Report.NOTHING_LOST : Report.LOST,
        clean,
        result.latency().curve());
  }

  static boolean isClean(LoadOptions options, LoadResult result) {
    return result.sentLines() == options.totalLines()
        && result.balance().isEven()
        && result.findings().isClean();
  }

  static List<Figure> figures(LoadOptions options, LoadResult result) {
    return Stream.of(
            traffic(options, result),
            deliveries(result),
            delays(result),
            findings(options, result),
            resources(result))
        .flatMap(List::stream)
        .toList();
  }

  private static List<Figure> traffic(LoadOptions options, LoadResult result) {
    double seconds = result.measured().nanos() / NANOS_PER_SECOND;
    return List.of(
        Figure.count("processes", "processes of the load", options.processes()),
        Figure.count("connections", "connections", options.connections()),
        Figure.count("senders", "senders", options.senders()),
        Figure.count("stuck", "further clients that never read", options.stuck()),
        new Figure("line_bytes", "line length", options.lineBytes(), 0, "bytes"),
        new Figure("measured_seconds", "measured", seconds, 3, "s"),
        Figure.count("lines_scheduled", "lines scheduled", options.totalLines()),
        Figure.count("lines_sent", "lines sent", result.sentLines()),
        new Figure("asked_lines_per_second", "rate asked", options.linesPerSecond(), 0, "lines/s"),
        new Figure(
            "sent_lines_per_second",
            "rate sent",
            result.measured().sentLines() / seconds,
            0,
            "lines/s"),
        new Figure(
            "accepted_lines_per_second",
            "rate accepted (furthest listener)",
            result.measured().witnessedLines() / seconds,
            0,
            "lines/s"));
  }

  private static List<Figure> deliveries(LoadResult result) {
    Balance balance = result.balance();
    double seconds = result.measured().nanos() / NANOS_PER_SECOND;
    double bytesPerSecond = result.measured().receivedBytes() / seconds;
    double settledMillis = Math.max(0, result.settledNanos()) / NANOS_PER_MILLI;
    return List.of(
        Figure.count("deliveries_expected", "deliveries expected", balance.expected()),
        Figure.count("deliveries_received", "deliveries received", balance.received()),
        Figure.count("deliveries_lost", "  lost", balance.lost()),
        Figure.count("deliveries_surplus", "  surplus", balance.surplus()),
        Figure.count(
            "connections_broken_line", "  connections with part of a line", balance.broken()),
        Figure.count("connections_closed", "connections closed during the run", result.closed()),
        new Figure(
            "deliveries_per_second",
            "deliveries",
            result.measured().receivedLines() / seconds,
            0,
            "/s"),
        new Figure(
            "received_megabytes_per_second",
            "received",
            bytesPerSecond / BYTES_PER_MEGABYTE,
            1,
            "MB/s"),
        new Figure("settled_millis", "all in after the last line was due", settledMillis, 1, "ms"));
  }

  private static List<Figure> delays(LoadResult result) {
    Latency latency = result.latency();
    Latency lateness = result.lateness();
    return List.of(
        Figure.count("latency_samples", "latency: lines measured", latency.count()),
        millis("latency_p50_millis", "  p50", latency.percentileMillis(50)),
        millis("latency_p99_millis", "  p99", latency.percentileMillis(99)),
        millis("latency_p999_millis", "  p99.9", latency.percentileMillis(99.9)),
        millis("latency_max_millis", "  max", latency.maxMillis()),
        millis("lateness_p99_millis", "behind schedule: p99", lateness.percentileMillis(99)),
        millis("lateness_max_millis", "  max", lateness.maxMillis()),
        Figure.count("sends_blocked", "sends that found no room", result.blockedSends()));
  }

  private static List<Figure> findings(LoadOptions options, LoadResult result) {
    LineFindings findings = result.findings();
    List<Figure> figures = new ArrayList<>();
    Collections.addAll(
        figures,
        Figure.count("verified_lines", "lines verified in full", findings.verified()),
        Figure.count("verified_missing", "  missing", findings.missing()),
        Figure.count("verified_duplicated", "  duplicated", findings.duplicated()),
        Figure.count("verified_reordered", "  reordered", findings.reordered()),
        Figure.count("verified_torn", "  torn", findings.torn()),
        Figure.count("verified_foreign", "  foreign", findings.foreign()),
        Figure.count("verified_own", "  back to their sender", findings.own()));
    if (options.dialect().numbersLines()) {
      figures.add(
          Figure.count("verified_misnumbered", "  not the next number", findings.misnumbered()));
    }
    return figures;
  }

  private static List<Figure> resources(LoadResult result) {
    LoadMark measured = result.measured();
    Usage usage =
        new Usage(
            measured.nanos(),
            measured.ownCpuNanos(),
            result.server().cpuNanos(),
            result.server().residentBytes(),
            result.kernel());
    List<Figure> figures = new ArrayList<>(usage.figures());
    figures.add(
        percent("load_busy_percent", "load: turns with work", result.loopTime().busyShare()));
    figures.add(
        percent("load_full_percent", "  turns full of work", result.loopTime().fullShare()));
    return figures;
  }

  private static Figure millis(String key, String label, double millis) {
    return new Figure(key, label, millis, 3, "ms");
  }

  private static Figure percent(String key, String label, double share) {
    return new Figure(key, label, share * PERCENT, 1, "%");
  }
}
