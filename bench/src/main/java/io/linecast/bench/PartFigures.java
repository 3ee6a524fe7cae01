package io.linecast.bench;

import com.google.gson.annotations.SerializedName;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/**
 * What one benchmark showed.
 *
 * @param unit what {@code nanosPerUnit} and {@code bytesPerUnit} are for: a line, or a delivery
 * @param nanosError half of the 99.9 % confidence interval of {@code nanosPerCall}; null if too
 *     little was run to tell
 * @param bytesPerCall bytes allocated on the heap in a call
 */
record PartFigures(
    String name,
    Map<String, String> parameters,
    String unit,
    @SerializedName("units_per_call") double unitsPerCall,
    @SerializedName("nanos_per_call") double nanosPerCall,
    @SerializedName("nanos_per_call_error") @Nullable Double nanosError,
    @SerializedName("nanos_per_unit") double nanosPerUnit,
    @SerializedName("bytes_per_call") double bytesPerCall,
    @SerializedName("bytes_per_unit") double bytesPerUnit) {

  private static final double NANOS_PER_SECOND = 1e9;
  private static final String ALLOCATION = "gc.alloc.rate.norm";

  /** From throughput in calls a second, with the counts of {@link Tally} beside it. */
  static PartFigures of(RunResult result) {
    Result<?> calls = result.getPrimaryResult();
    String unit = score(result, "deliveries") > 0 ? "delivery" : "line";
    double perSecond = score(result, unit.equals("line") ? "lines" : "deliveries");
    double unitsPerCall = perSecond / calls.getScore();
    double nanos = NANOS_PER_SECOND / calls.getScore();
    double error = nanos * calls.getScoreError() / calls.getScore();
    double bytes = score(result, ALLOCATION);
    return new PartFigures(
        name(result.getParams()),
        parameters(result.getParams()),
        unit,
        unitsPerCall,
        nanos,
        Double.isNaN(error) ? null : Double.valueOf(error),
        nanos / unitsPerCall,
        bytes,
        bytes / unitsPerCall);
  }

  private static double score(RunResult result, String figure) {
    return Objects.requireNonNull(result.getSecondaryResults().get(figure)).getScore();
  }

  private static String name(BenchmarkParams params) {
    String[] parts = params.getBenchmark().split("\\.", -1);
    String called =
        parts[parts.length - 2].replace("Benchmark", "") + "." + parts[parts.length - 1];
    return called + " " + String.join(" ", parameters(params).values());
  }

  private static Map<String, String> parameters(BenchmarkParams params) {
    Map<String, String> values = new TreeMap<>();
    Collection<String> keys = params.getParamsKeys();
    keys.forEach(key -> values.put(key, params.getParam(key)));
    return values;
  }
}
