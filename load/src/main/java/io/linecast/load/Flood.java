package io.linecast.load;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/** The scenario that looks for the highest rate a server sustains; each step is a run. */
final class Flood {
  private static final int RATE_MAX = 10_000_000;

  private final LoadOptions options;
  private final int limitMillis;
  private final Progress progress;
  private final JsonArray steps = new JsonArray();
  private Report best = new Report(List.of(), Map.of(), List.of(), "", false, new double[0][]);

  /** Of the lowest rate that was not sustained: whether it was the server's fault. */
  private List<String> doubts = List.of();

  /**
   * @param limitMillis above this p99 a rate is not sustained
   */
  Flood(LoadOptions options, int limitMillis, Progress progress) {
    this.options = options;
    this.limitMillis = limitMillis;
    this.progress = progress;
  }

  /**
   * Searches.
   *
   * @throws LoadFailure if not even the first step could be run, or the server is gone
   */
  Report run() {
    FloodSearch search = new FloodSearch(options.linesPerSecond(), RATE_MAX);
    for (OptionalInt rate = search.next(); rate.isPresent(); rate = search.next()) {
      search.record(rate.getAsInt(), tryRate(rate.getAsInt()));
    }
    int sustained = search.sustained();
    List<Figure> figures = new ArrayList<>();
    figures.add(
        new Figure("sustained_lines_per_second", "highest sustained", sustained, 0, "lines/s"));
    figures.addAll(best.figures());
    List<String> warnings = new ArrayList<>(best.warnings());
    doubts.forEach(doubt -> warnings.add("at the lowest rate that was not sustained: " + doubt));
    String verdict =
        sustained > 0
            ? String.format(
                Locale.ROOT,
                "%,d lines/s are sustained with a p99 of at most %,d ms",
                sustained,
                limitMillis)
            : "NO RATE IS SUSTAINED";
    return new Report(
        figures, Map.of("steps", steps), warnings, verdict, sustained > 0, best.curve());
  }

  /**
   * Whether a rate was sustained: nothing was lost or wrong, and neither at the p99 nor at the end
   * was the server further behind than it may be.
   */
  static boolean isSustained(LoadOptions step, LoadResult result, int limitMillis) {
    return LoadReport.isClean(step, result)
        && result.latency().percentileMillis(99) <= limitMillis
        && result.settledNanos() <= TimeUnit.MILLISECONDS.toNanos(limitMillis);
  }

  private boolean tryRate(int rate) {
    LoadOptions step = options.withRate(rate);
    progress.run(String.format(Locale.ROOT, "%,d lines/s", rate));
    JsonObject row = new JsonObject();
    row.addProperty("rate", rate);
    boolean sustained = false;
    try {
      LoadResult result = new LoadRun(step, progress).run();
      Report report = LoadReport.of(step, result);
      sustained = isSustained(step, result, limitMillis);
      tell(report, row);
      if (sustained) {
        best = report;
      } else {
        doubts = Doubts.ofTheLoad(step, result);
      }
    } catch (LoadFailure e) {
      if (steps.isEmpty() || isServerGone()) {
        throw e;
      }
      row.addProperty("failure", e.getMessage());
      doubts = List.of();
    }
    row.addProperty("sustained", sustained);
    steps.add(row);
    return sustained;
  }

  /** What decides about a step, and whether the load may have been what decided. */
  private static void tell(Report report, JsonObject row) {
    List<String> told =
        List.of(
            "latency_p99_millis",
            "settled_millis",
            "deliveries_lost",
            "lateness_p99_millis",
            "load_busy_percent",
            "load_full_percent");
    report.figures().stream()
        .filter(figure -> told.contains(figure.key()))
        .forEach(figure -> row.addProperty(figure.key(), figure.number()));
    JsonArray warnings = new JsonArray();
    report.warnings().forEach(warnings::add);
    row.add("warnings", warnings);
  }

  private boolean isServerGone() {
    try {
      Connector.connect(options.target(), 1).close();
      return false;
    } catch (LoadFailure e) {
      return true;
    }
  }
}
