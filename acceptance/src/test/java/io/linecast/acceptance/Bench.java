package io.linecast.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code linecast bench} as a user starts it, and what its exit codes say. */
final class Bench {
  static final Duration PATIENCE = Duration.ofSeconds(60);
  static final int USAGE = 2;
  static final int LOST = 7;
  static final int NOT_RUN = 8;

  private Bench() {}

  static void assumeItsSystemCalls() {
    assumeTrue(Files.isDirectory(Path.of("/proc/net")), "linecast bench needs Linux");
  }

  /** Starts a load on a port of this machine. */
  static Program start(int port, String words) {
    return start("127.0.0.1:" + port, words, Map.of());
  }

  static Program start(String target, String words, Map<String, String> environment) {
    List<String> command = new ArrayList<>();
    command.addAll(List.of(ServerLauncher.launcher().toString(), "bench", target));
    command.addAll(List.of(words.split(" ", -1)));
    Map<String, String> quick = new HashMap<>(environment);
    quick.putIfAbsent("LINECAST_JAVA_OPTS", "-XX:TieredStopAtLevel=1"); // it has seconds to live
    return Program.start(command, quick);
  }

  /** Plays a load that must end with that code; the JSON it reports. */
  static String play(int port, String words, int exitCode) {
    try (Program bench = start(port, words + " --json -")) {
      assertThat(bench.exitCode(PATIENCE)).as(bench.output()).isEqualTo(exitCode);
      return bench.stdoutText();
    }
  }

  /** A figure of a report; the first of its name. */
  static double figure(String json, String key) {
    Matcher figure = Pattern.compile("\"" + key + "\": (-?[0-9.E-]+)").matcher(json);
    assertThat(figure.find()).as("%s in %s", key, json).isTrue();
    return Double.parseDouble(figure.group(1));
  }

  /**
   * Checks figures of a report, given as {@code key=value} with blanks between; {@code *} is any
   * value.
   */
  static void assertFigures(String report, String expected) {
    for (String figure : List.of(expected.split(" ", -1))) {
      String[] parts = figure.split("=", -1);
      double value = figure(report, parts[0]);
      if (!parts[1].equals("*")) {
        assertThat(value).as("%s of %s", parts[0], report).isEqualTo(Double.parseDouble(parts[1]));
      }
    }
  }

  /** Checks that figures of a report, named with blanks between, are above zero. */
  static void assertPositive(String report, String keys) {
    for (String key : List.of(keys.split(" ", -1))) {
      assertThat(figure(report, key)).as("%s of %s", key, report).isPositive();
    }
  }
}
