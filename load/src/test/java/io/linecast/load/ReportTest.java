package io.linecast.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportTest {
  private static final Report REPORT =
      new Report(
          List.of(
              Figure.count("lines_sent", "lines sent", 1_234_567),
              new Figure("latency_p99_millis", "  p99", 1.5, 3, "ms"),
              new Figure("latency_max_millis", "  max", Double.NaN, 3, "ms")),
          Map.of("steps", new JsonPrimitive("one")),
          List.of("it was \"loud\""),
          Report.LOST,
          false,
          new double[][] {{50, 1}, {99, 2}});

  @Test
  void shouldBeReadableByPrograms() {
    JsonObject json =
        JsonParser.parseString(REPORT.toJson(Map.of("scenario", "seed"))).getAsJsonObject();

    assertThat(json.get("scenario").getAsString()).isEqualTo("seed");
    assertThat(json.get("lines_sent").getAsLong()).isEqualTo(1_234_567);
    assertThat(json.get("latency_p99_millis").getAsDouble()).isEqualTo(1.5);
    assertThat(json.get("latency_max_millis").isJsonNull()).as("what was not measured").isTrue();
    assertThat(json.get("warnings").getAsJsonArray().get(0).getAsString())
        .isEqualTo("it was \"loud\"");
    assertThat(json.get("latency_curve").getAsJsonArray()).hasSize(2);
    assertThat(json.get("steps").getAsString()).isEqualTo("one");
    assertThat(json.get("clean").getAsBoolean()).isFalse();
  }

  @Test
  void shouldBeReadableByPeople() {
    assertThat(REPORT.toTable().lines())
        .hasSize(5)
        .anyMatch(row -> row.matches("lines sent +1,234,567"))
        .anyMatch(row -> row.matches(" {2}p99 +1\\.500 ms"))
        .anyMatch(row -> row.matches(" {2}max +–"))
        .anyMatch(row -> row.startsWith("warning: it was"))
        .last()
        .isEqualTo(Report.LOST);
  }
}
