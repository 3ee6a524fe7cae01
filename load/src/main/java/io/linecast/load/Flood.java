package io.linecast.load;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/** The scenario that looks for the highest rate a server sustains; each step is a run. */
final class Flood {
  private static final int RATE_MAX = 10_000_000;
  private static final double RECEIVED_SHARE_MIN = 0.99;
  private static final double NANOS_PER_SECOND = 1e9;

  private final LoadOptions options;
  private final double limitMillis;
  private final Progress progress;
  private final JsonArray steps = new JsonArray();
  private Report best = new Report(List.of(), Map.of(), List.of(), "", false, new double[0][]);

  /**
   * @param limitMillis above this p99 a rate is not sustained
   */
  Flood(LoadOptions options, double limitMillis, Progress progress) {
    this.options = options;
    this.limitMillis = limitMillis;
    this.progress = progress;
  }

  Report run() {
    FloodSearch search = new FloodSearch(options.linesPerSecond(), RATE_MAX);
    for (OptionalInt rate = search.next(); rate.isPresent(); rate = search.next()) {
      search.record(rate.getAsInt(), isSustained(rate.getAsInt()));
    }
    List<Figure> figures = new ArrayList<>();
    figures.add(
        new Figure(
            "sustained_lines_per_second", "highest sustained", search.sustained(), 0, "lines/s"));
    figures.addAll(best.figures());
    String verdict =
        search.sustained() > 0
            ? "%,d lines/s are sustained with a p99 of at most %.0f ms"
                .formatted(search.sustained(), limitMillis)
            : "NO RATE IS SUSTAINED";
    return new Report(
        figures,
        Map.of("steps", steps),
        best.warnings(),
        verdict,
        search.sustained() > 0,
        best.curve());
  }

  private boolean isSustained(int rate) {
    LoadOptions step = options.withRate(rate);
    progress.run("%,d lines/s".formatted(rate));
    JsonObject row = new JsonObject();
    row.addProperty("rate", rate);
    steps.add(row);
    try {
      LoadResult result = new LoadRun(step, progress).run();
      double p99 = result.latency().percentileMillis(99);
      boolean sustained =
          LoadReport.isClean(step, result)
              && p99 <= limitMillis
              && result.settledNanos() <= TimeUnit.MILLISECONDS.toNanos((long) limitMillis)
              && receivedShare(step, result) >= RECEIVED_SHARE_MIN;
      row.addProperty("p99_millis", p99);
      row.addProperty("lost", result.balance().lost());
      row.addProperty("received_share", receivedShare(step, result));
      row.addProperty("sustained", sustained);
      if (sustained) {
        best = LoadReport.of(step, result);
      }
      return sustained;
    } catch (LoadFailure e) {
      row.addProperty("failure", e.getMessage());
      row.addProperty("sustained", false);
      return false;
    }
  }

  /** Of what was due in the measured interval. */
  private static double receivedShare(LoadOptions step, LoadResult result) {
    double seconds = result.measured().nanos() / NANOS_PER_SECOND;
    int line = step.lineBytes();
    double received =
        (double) result.measured().receivedBytes() / step.dialect().arriving(line).sizeBytes(line);
    double ownAside =
        step.dialect().separatesSenders() ? step.connections() : step.connections() - 1;
    return received / (step.linesPerSecond() * seconds * ownAside);
  }
}
