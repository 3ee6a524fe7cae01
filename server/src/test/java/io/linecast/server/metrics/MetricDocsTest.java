package io.linecast.server.metrics;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.linecast.server.metrics.Metric.Label;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** The table in the docs is the enum's. */
class MetricDocsTest {

  private static final Path DOCS = Path.of("../docs/metrics.md");

  @Test
  void shouldDocumentEveryMetricAsItIs() throws IOException {
    List<String> documented =
        Files.readAllLines(DOCS).stream().filter(line -> line.startsWith("| `linecast_")).toList();

    assertThat(documented)
        .as("the table of %s: copy it from here", DOCS)
        .containsExactlyElementsOf(
            Arrays.stream(Metric.values()).map(MetricDocsTest::row).toList());
  }

  private static String row(Metric metric) {
    String labels = metric.labels().stream().map(Label::word).collect(joining(","));
    return "| `%s%s` | %s | %s | %s |"
        .formatted(
            metric.exportedName(),
            labels.isEmpty() ? "" : "{" + labels + "}",
            metric.type().name().toLowerCase(Locale.ROOT),
            metric.unit(),
            metric.help());
  }
}
