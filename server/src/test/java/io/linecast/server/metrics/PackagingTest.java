package io.linecast.server.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** The dashboard and the alerts ask for what there is. */
class PackagingTest {

  private static final Path DASHBOARD = Path.of("../packaging/grafana/linecast.json");
  private static final Path ALERTS = Path.of("../packaging/prometheus/alerts.yml");
  private static final Path SCRAPE = Path.of("../packaging/prometheus/prometheus.yml");
  private static final Pattern NAME = Pattern.compile("\\blinecast_[a-z_]+");

  private static final Set<String> SERIES =
      Arrays.stream(Metric.values()).flatMap(Metric::seriesNames).collect(Collectors.toSet());

  @Test
  void shouldAskForWhatThereIsInEveryPanel() throws IOException {
    List<String> expressions = expressions(dashboard());

    assertThat(expressions).hasSizeGreaterThan(20);
    assertThat(namesIn(expressions)).isSubsetOf(SERIES);
  }

  @Test
  void shouldShowEveryMetric() throws IOException {
    Set<String> shown = namesIn(expressions(dashboard()));

    assertThat(Metric.values())
        .allSatisfy(metric -> assertThat(metric.seriesNames()).containsAnyElementsOf(shown));
  }

  @Test
  void shouldLeaveTheDataSourceOpen() throws IOException {
    JsonObject dashboard = dashboard();
    JsonObject variable =
        dashboard.getAsJsonObject("templating").getAsJsonArray("list").get(0).getAsJsonObject();
    List<JsonElement> sources = new ArrayList<>();
    dashboard
        .getAsJsonArray("panels")
        .forEach(
            panel -> {
              if (panel.getAsJsonObject().has("datasource")) {
                sources.add(panel.getAsJsonObject().getAsJsonObject("datasource").get("uid"));
              }
            });

    assertThat(variable.get("type").getAsString()).isEqualTo("datasource");
    assertThat(sources)
        .isNotEmpty()
        .allSatisfy(uid -> assertThat(uid.getAsString()).isEqualTo("${datasource}"));
    assertThat(dashboard.get("title").getAsString()).isEqualTo("linecast");
  }

  @Test
  void shouldHavePanelsOfTheirOwnPlaceAndNumber() throws IOException {
    Set<String> numbers = new TreeSet<>();
    Set<String> places = new TreeSet<>();
    int panels = 0;
    for (JsonElement panel : dashboard().getAsJsonArray("panels")) {
      JsonObject place = panel.getAsJsonObject().getAsJsonObject("gridPos");
      numbers.add(panel.getAsJsonObject().get("id").toString());
      places.add(place.get("x") + " " + place.get("y"));
      assertThat(place.get("x").getAsInt() + place.get("w").getAsInt()).isLessThanOrEqualTo(24);
      panels++;
    }
    assertThat(numbers).hasSize(panels);
    assertThat(places).hasSize(panels);
  }

  @Test
  void shouldAlertOnWhatThereIs() throws IOException {
    List<Map<String, Object>> rules = rules();

    assertThat(rules).extracting(rule -> rule.get("alert")).doesNotHaveDuplicates();
    assertThat(rules)
        .allSatisfy(
            rule -> {
              assertThat(rule).containsKeys("alert", "expr", "labels", "annotations");
              assertThat(rule.get("expr").toString()).containsAnyOf("linecast_", "up{");
            });
    assertThat(namesIn(rules.stream().map(rule -> rule.get("expr").toString()).toList()))
        .hasSizeGreaterThan(8)
        .isSubsetOf(SERIES);
  }

  @Test
  void shouldScrapeThePortThatAServerHas() throws IOException {
    Map<String, Object> config = new Yaml().load(Files.readString(SCRAPE));

    assertThat(config.get("rule_files")).isEqualTo(List.of("alerts.yml"));
    assertThat(config.get("scrape_configs").toString()).contains("linecast", "127.0.0.1:8234");
  }

  @Test
  void shouldBeTakenByPrometheus() throws IOException, InterruptedException {
    promtool("check", "config", SCRAPE.toString());
  }

  @Test
  void shouldAlertWhenItOughtTo() throws IOException, InterruptedException {
    promtool("test", "rules", "src/test/prometheus/alerts.test.yml");
  }

  private static void promtool(String... arguments) throws IOException, InterruptedException {
    Process which = new ProcessBuilder("sh", "-c", "command -v promtool").start();
    assumeTrue(which.waitFor() == 0, "there is no promtool here");
    List<String> command = new ArrayList<>(List.of("promtool"));
    command.addAll(List.of(arguments));
    Process check = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(check.getInputStream().readAllBytes(), UTF_8);

    assertThat(check.waitFor()).as(said).isZero();
  }

  private static JsonObject dashboard() throws IOException {
    return JsonParser.parseString(Files.readString(DASHBOARD)).getAsJsonObject();
  }

  @SuppressWarnings("unchecked") // as the file is written
  private static List<Map<String, Object>> rules() throws IOException {
    Map<String, Object> file = new Yaml().load(Files.readString(ALERTS));
    Map<String, Object> group = ((List<Map<String, Object>>) file.get("groups")).getFirst();
    return (List<Map<String, Object>>) group.get("rules");
  }

  /** What is asked for anywhere below. */
  private static List<String> expressions(JsonElement below) {
    List<String> found = new ArrayList<>();
    if (below.isJsonArray()) {
      below.getAsJsonArray().forEach(each -> found.addAll(expressions(each)));
    } else if (below.isJsonObject()) {
      below
          .getAsJsonObject()
          .asMap()
          .forEach(
              (key, value) -> {
                if (key.equals("expr") || key.equals("definition")) {
                  found.add(value.getAsString());
                } else {
                  found.addAll(expressions(value));
                }
              });
    }
    return found;
  }

  private static Set<String> namesIn(List<String> expressions) {
    return expressions.stream()
        .flatMap(expression -> NAME.matcher(expression).results())
        .map(MatchResult::group)
        .collect(Collectors.toSet());
  }
}
