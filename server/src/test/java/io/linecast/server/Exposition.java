package io.linecast.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Prometheus's text format, read strictly: what is no comment is a sample, in the form that
 * Prometheus takes, and none is there twice. Immutable.
 */
record Exposition(Map<String, Double> samples, Map<String, String> types, Set<String> helped) {

  private static final Pattern SAMPLE =
      Pattern.compile("([a-z_][a-z0-9_]*)(?:\\{(.*)})? (NaN|[+-]Inf|[-+0-9.eE]+)");
  private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"((?:[^\"\\\\]|\\\\.)*)\",?");
  private static final Pattern TYPE =
      Pattern.compile("# TYPE (\\S+) (counter|gauge|histogram|summary)");
  private static final Pattern HELP = Pattern.compile("# HELP (\\S+) (.*)");

  static Exposition parse(String text) {
    assertThat(text).endsWith("\n");
    Exposition parsed =
        new Exposition(new LinkedHashMap<>(), new LinkedHashMap<>(), new LinkedHashSet<>());
    text.lines().forEach(parsed::add);
    return parsed;
  }

  private void add(String line) {
    Matcher type = TYPE.matcher(line);
    Matcher help = HELP.matcher(line);
    if (type.matches()) {
      assertThat(types.put(type.group(1), type.group(2))).as("twice: " + line).isNull();
    } else if (help.matches()) {
      assertThat(helped.add(help.group(1))).as("once: " + line).isTrue();
    } else {
      Matcher sample = SAMPLE.matcher(line);
      assertThat(sample.matches()).as("a sample: " + line).isTrue();
      String labels = sample.group(2) == null ? "" : sample.group(2);
      Double before = samples.put(sample.group(1) + labels(labels), number(sample.group(3)));
      assertThat(before).as("twice: " + line).isNull();
    }
  }

  /** Labels in the order of their names. */
  private static Map<String, String> labels(String text) {
    Map<String, String> labels = new TreeMap<>();
    Matcher label = LABEL.matcher(text);
    int end = 0;
    while (label.find()) {
      assertThat(label.start()).as("labels " + text).isEqualTo(end);
      labels.put(label.group(1), label.group(2));
      end = label.end();
    }
    assertThat(end).as("labels " + text).isEqualTo(text.length());
    return labels;
  }

  private static double number(String text) {
    return Double.parseDouble(text.replace("Inf", "Infinity"));
  }

  /** A series' value; labels as in {@code wire=plain, channel=main}, in the order of names. */
  double value(String name, String labels) {
    Double value = samples.get(name + "{" + labels + "}");
    assertThat(value).as("%s{%s} in %s", name, labels, samples.keySet()).isNotNull();
    return value;
  }

  /** A main channel's value. */
  double main(String name) {
    return value(name, "channel=main");
  }

  /** The main channel's deliveries that are accounted for. */
  double mainAccountedFor() {
    return main("linecast_deliveries_delivered_total")
        + main("linecast_deliveries_skipped_total")
        + main("linecast_deliveries_lost_with_departed_total")
        + main("linecast_deliveries_pending");
  }

  /** The sum over all series of a metric. */
  double sum(String name) {
    return samples.entrySet().stream()
        .filter(sample -> sample.getKey().startsWith(name + "{"))
        .mapToDouble(Map.Entry::getValue)
        .sum();
  }

  /** The names of series. */
  Set<String> names() {
    Set<String> names = new LinkedHashSet<>();
    samples.keySet().forEach(series -> names.add(series.substring(0, series.indexOf('{'))));
    return names;
  }
}
