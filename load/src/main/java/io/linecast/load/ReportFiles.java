package io.linecast.load;

import io.linecast.load.plot.LatencyPlot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a report goes beside the table for people.
 *
 * @param json a file for programs; {@code -} is standard output, instead of the table
 * @param plot a file for the latency curve
 */
record ReportFiles(@Nullable String json, @Nullable Path plot) {
  private static final String STANDARD_OUTPUT = "-";

  /**
   * To be called before a run, which may take an hour.
   *
   * @throws UsageException if a file could not be written
   */
  void check() {
    if (json != null && !replacesTable()) {
      checkWritable("--json", Path.of(json));
    }
    if (plot != null) {
      LatencyPlot.objectionTo(plot)
          .ifPresent(
              why -> {
                throw new UsageException("--plot: " + why);
              });
      checkWritable("--plot", plot);
    }
  }

  boolean replacesTable() {
    return STANDARD_OUTPUT.equals(json);
  }

  /**
   * Writes what there is to write; without a curve no plot.
   *
   * @param text the report as JSON
   */
  void write(String text, String title, String target, double[][] curve) throws IOException {
    if (json != null && !replacesTable()) {
      Files.writeString(Path.of(json), text, StandardCharsets.UTF_8);
    }
    if (plot != null && curve.length > 0) {
      LatencyPlot.write(plot, title, Map.of(target, curve));
    }
  }

  private static void checkWritable(String option, Path file) {
    Path folder = file.toAbsolutePath().getParent();
    boolean writable =
        Files.exists(file)
            ? Files.isWritable(file) && !Files.isDirectory(file)
            : folder != null && Files.isDirectory(folder) && Files.isWritable(folder);
    if (!writable) {
      throw new UsageException(option + ": " + file + " cannot be written");
    }
  }
}
