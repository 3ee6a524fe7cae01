package io.linecast.load;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a scenario has shown, for people and for programs.
 *
 * @param figures in the order they are shown
 * @param more for programs only: what is no single number
 * @param warnings reasons to distrust the figures
 * @param verdict one sentence
 * @param clean whether nothing was lost or wrong
 * @param curve percentile and milliseconds; empty if there is none
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Report(
    List<Figure> figures,
    Map<String, JsonElement> more,
    List<String> warnings,
    String verdict,
    boolean clean,
    double[][] curve) {

  static final String NOTHING_LOST = "nothing was lost";
  static final String LOST = "LINES WERE LOST OR WRONG";

  String toTable() {
    Stream<String> rows = figures.stream().map(Figure::toRow);
    Stream<String> notes = warnings.stream().map(warning -> "warning: " + warning);
    return Stream.of(rows, notes, Stream.of(verdict))
        .flatMap(lines -> lines)
        .collect(Collectors.joining("\n", "", "\n"));
  }

  /**
   * For programs.
   *
   * @param heading what is told of the run beside its figures
   */
  String toJson(Map<String, String> heading) {
    JsonObject json = new JsonObject();
    heading.forEach(json::addProperty);
    more.forEach(json::add);
    figures.forEach(figure -> json.addProperty(figure.key(), figure.number()));
    JsonArray notes = new JsonArray();
    warnings.forEach(notes::add);
    json.add("warnings", notes);
    if (curve.length > 0) {
      json.add("latency_curve", new GsonBuilder().create().toJsonTree(curve));
    }
    json.addProperty("verdict", verdict);
    json.addProperty("clean", clean);
    return new GsonBuilder()
            .serializeNulls()
            .setPrettyPrinting()
            .disableHtmlEscaping()
            .create()
            .toJson(json)
        + "\n";
  }
}
