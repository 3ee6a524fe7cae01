package io.linecast.bench;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.linecast.load.plot.BarPlot;
import io.linecast.load.plot.LatencyPlot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Draws the comparison page's plots from reports of {@code linecast bench}.
 *
 * <pre>
 * Plots latency FILE TITLE NAME=REPORT.json…
 * Plots bars FILE TITLE UNIT NAME=VALUE…
 * </pre>
 */
public final class Plots {
  private Plots() {}

  /** Draws one plot. */
  public static void main(String[] args) throws IOException {
    Path file = Path.of(args[1]);
    if (args[0].equals("latency")) {
      Map<String, double[][]> curves = new LinkedHashMap<>();
      for (Map.Entry<String, String> entry : pairs(args, 3).entrySet()) {
        String text = Files.readString(Path.of(entry.getValue()));
        JsonObject report = JsonParser.parseString(text).getAsJsonObject();
        if (report.has("latency_curve")) {
          double[][] curve = new Gson().fromJson(report.get("latency_curve"), double[][].class);
          curves.put(entry.getKey(), curve);
        }
      }
      LatencyPlot.write(file, args[2], curves);
    } else {
      Map<String, Double> bars = new LinkedHashMap<>();
      pairs(args, 4).forEach((name, value) -> bars.put(name, Double.valueOf(value)));
      BarPlot.write(file, args[2], args[3], bars);
    }
  }

  private static Map<String, String> pairs(String[] args, int from) {
    Map<String, String> pairs = new LinkedHashMap<>();
    for (int i = from; i < args.length; i++) {
      int equals = args[i].indexOf('=');
      pairs.put(args[i].substring(0, equals), args[i].substring(equals + 1));
    }
    return pairs;
  }
}
