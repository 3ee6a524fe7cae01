package io.linecast.bench;

import com.google.gson.GsonBuilder;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Runs the benchmarks of the parts and tells their figures for each line or delivery.
 *
 * <p>The first argument is the file to write; the others are JMH's.
 */
public final class PartsMain {

  private static final int WARMUPS = 3;
  private static final int MEASUREMENTS = 5;
  private static final TimeValue EACH = TimeValue.milliseconds(500);

  /** As the launcher starts the server, so that the parts are measured as they are shipped. */
  private static final String[] SHIPPED_FLAGS = {
    "--enable-native-access=ALL-UNNAMED",
    "-XX:+UseCompactObjectHeaders",
    "-XX:+UseSerialGC",
    "-XX:TieredStopAtLevel=1",
    "-Xms64m"
  };

  private PartsMain() {}

  /** See {@code bench/parts --help}. */
  public static void main(String[] arguments) throws IOException, RunnerException {
    List<String> forJmh = List.of(arguments).subList(1, arguments.length);
    CommandLineOptions asked;
    try {
      asked = new CommandLineOptions(forJmh.toArray(String[]::new));
    } catch (CommandLineOptionException e) {
      System.err.println("bench/parts: " + e.getMessage());
      System.exit(2);
      return;
    }
    if (asked.shouldList()) {
      new Runner(asked).list();
      return;
    }
    List<PartFigures> figures = new ArrayList<>();
    for (RunResult result : new Runner(options(asked).build()).run()) {
      figures.add(PartFigures.of(result));
    }
    print(figures, System.out);
    write(figures, Path.of(arguments[0]));
  }

  /** What was asked for; what was not asked for as it is best here. */
  private static ChainedOptionsBuilder options(CommandLineOptions asked) {
    ChainedOptionsBuilder options =
        new OptionsBuilder().parent(asked).addProfiler(GCProfiler.class).shouldFailOnError(true);
    if (asked.getIncludes().isEmpty()) {
      options.include("io\\.linecast\\..*Benchmark");
    }
    if (!asked.getForkCount().hasValue()) {
      options.forks(1);
    }
    if (!asked.getWarmupIterations().hasValue()) {
      options.warmupIterations(WARMUPS);
    }
    if (!asked.getMeasurementIterations().hasValue()) {
      options.measurementIterations(MEASUREMENTS);
    }
    if (!asked.getWarmupTime().hasValue()) {
      options.warmupTime(EACH);
    }
    if (!asked.getMeasurementTime().hasValue()) {
      options.measurementTime(EACH);
    }
    if (!asked.getJvmArgs().hasValue()) {
      options.jvmArgs(SHIPPED_FLAGS);
    }
    return options;
  }

  private static void print(List<PartFigures> figures, PrintStream out) {
    out.println();
    out.printf("%-46s %10s %14s %12s %12s%n", "part", "ns a call", "ns each", "B a call", "B each");
    for (PartFigures part : figures) {
      out.printf(
          "%-46s %,10.0f %,14.4f %,12.1f %,12.4f  a %s%n",
          part.name(),
          part.nanosPerCall(),
          part.nanosPerUnit(),
          part.bytesPerCall(),
          part.bytesPerUnit(),
          part.unit());
    }
  }

  private static void write(List<PartFigures> figures, Path file) throws IOException {
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("java", System.getProperty("java.runtime.version"));
    report.put("flags", SHIPPED_FLAGS);
    report.put("parts", figures);
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.writeString(file, new GsonBuilder().setPrettyPrinting().create().toJson(report) + "\n");
    System.err.println("bench/parts: wrote " + file);
  }
}
