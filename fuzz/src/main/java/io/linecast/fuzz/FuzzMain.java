package io.linecast.fuzz;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Searches for inputs of which something does not hold that must, target by target: {@code ./test
 * --fuzz}.
 *
 * <p>Exit codes: 0 nothing was found; 1 something was, or a search has failed; 2 bad arguments.
 */
public final class FuzzMain {

  private static final int FOUND = 1;
  private static final int USAGE = 2;
  private static final double MINUTES_MAX = 100_000;
  private static final double MILLIS_PER_MINUTE = 60_000;

  private FuzzMain() {}

  /** Takes the corpus' folder, one for files that may go, how many minutes, and targets. */
  public static void main(String[] args) throws IOException, InterruptedException {
    if (args.length < 3) {
      exit(USAGE, "a corpus, a folder, minutes and perhaps targets are needed");
    }
    List<Target> targets = targets(Arrays.asList(args).subList(3, args.length));
    Duration each = minutes(args[2]).dividedBy(targets.size());
    List<Search.Result> results = new ArrayList<>();
    for (Target target : targets) {
      results.add(new Search(target, Path.of(args[0]), Path.of(args[1])).run(each));
    }
    System.out.println(table(results));
    results.forEach(result -> result.finding().ifPresent(System.out::println));
    System.exit(results.stream().anyMatch(Search.Result::isBad) ? FOUND : 0);
  }

  private static List<Target> targets(List<String> words) {
    List<Target> targets = new ArrayList<>();
    for (String word : words) {
      Target.of(word).ifPresentOrElse(targets::add, () -> exit(USAGE, noTarget(word)));
    }
    return targets.isEmpty() ? List.of(Target.values()) : targets;
  }

  private static String noTarget(String word) {
    return Arrays.stream(Target.values())
        .map(Target::word)
        .collect(Collectors.joining(", ", "there is no target '" + word + "'; there are ", ""));
  }

  private static Duration minutes(String text) {
    try {
      double minutes = Double.parseDouble(text);
      if (minutes > 0 && minutes <= MINUTES_MAX) {
        return Duration.ofMillis(Math.round(minutes * MILLIS_PER_MINUTE));
      }
    } catch (NumberFormatException e) {
      // It is said below.
    }
    exit(USAGE, "'" + text + "' is no number of minutes");
    throw new IllegalStateException("it has ended");
  }

  private static void exit(int code, String why) {
    System.err.println("./test --fuzz: " + why);
    System.exit(code);
  }

  private static String table(List<Search.Result> results) {
    StringBuilder table = new StringBuilder();
    table.append(
        String.format(
            "%n%-14s %12s %8s %9s  %s%n", "target", "executions", "edges", "inputs", "finding"));
    for (Search.Result result : results) {
      table.append(
          String.format(
              Locale.ROOT,
              "%-14s %,12d %8d %9d  %s%n",
              result.target().word(),
              result.executions(),
              result.edges(),
              result.inputs(),
              result.isBad() ? result.kind() : "none"));
    }
    return table.toString();
  }
}
