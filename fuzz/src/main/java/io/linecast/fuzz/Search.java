package io.linecast.fuzz;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One target's search, in a process of its own: it ends when its time is up or something is found.
 */
final class Search {

  /** An input may take so long; more is a finding too. */
  private static final int INPUT_SECONDS = 20;

  /** What guides the search: ours, and what takes HTTP apart. */
  private static final String WATCHED = "io.linecast.**:io.netty.handler.codec.**";

  private static final int INPUT_MAX_BYTES = 2 << 10;
  private static final int MEMORY_MEGABYTES = 4096;
  private static final long PROGRESS_NANOS = TimeUnit.SECONDS.toNanos(10);

  private static final Pattern PROGRESS =
      Pattern.compile("#(\\d+)\\s.*cov: (\\d+) ft: \\d+ corp: (\\d+)/.*");

  /**
   * What a search has come to.
   *
   * @param edges how many places of the program it has reached
   * @param inputs how many differ in what they reach
   * @param kind what was found, in a word; empty: nothing
   * @param finding what was found, for people
   */
  record Result(
      Target target,
      long executions,
      long edges,
      long inputs,
      String kind,
      Optional<String> finding) {

    boolean isBad() {
      return !kind.isEmpty();
    }
  }

  private final Target target;
  private final Path seeds;
  private final Path inputs;
  private final Path found;
  private final Path log;
  private long executions;
  private long edges;
  private long kept;
  private long toldNanos = System.nanoTime();

  /**
   * A search that has not begun.
   *
   * @param corpus where seeds are, and what is found goes
   * @param work where it keeps what it has learnt, for the next time
   */
  Search(Target target, Path corpus, Path work) {
    this.target = target;
    this.seeds = corpus.resolve(target.word());
    this.inputs = work.resolve(target.word());
    this.found = work.resolve(target.word() + ".found");
    this.log = work.resolve(target.word() + ".log");
  }

  Result run(Duration time) throws IOException, InterruptedException {
    System.out.println(target.word() + ": " + time.toSeconds() + " s");
    Files.createDirectories(inputs);
    Files.createDirectories(found);
    deleteFound();
    Process process = start(time);
    try (BufferedReader output = process.inputReader(StandardCharsets.ISO_8859_1);
        PrintWriter copy = new PrintWriter(log.toFile(), StandardCharsets.ISO_8859_1)) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        copy.println(line);
        read(line);
      }
    }
    return result(process.waitFor());
  }

  private Process start(Duration time) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-XX:+EnableDynamicAgentLoading",
            "-XX:-OmitStackTraceInFastThrow",
            "-XX:+UseSerialGC",
            "-Xmx1g",
            "-cp",
            System.getProperty("java.class.path"),
            "com.code_intelligence.jazzer.Jazzer",
            "--target_class=" + JazzerEntry.class.getName(),
            "--target_args=" + target.word(),
            "--instrumentation_includes=" + WATCHED,
            "--custom_hook_includes=" + WATCHED,
            "--reproducer_path=" + found,
            "-artifact_prefix=" + found + "/",
            "-max_total_time=" + Math.max(1, time.toSeconds()),
            "-max_len=" + INPUT_MAX_BYTES,
            "-timeout=" + INPUT_SECONDS,
            "-rss_limit_mb=" + MEMORY_MEGABYTES,
            "-use_value_profile=1",
            "-print_final_stats=1",
            inputs.toString(),
            seeds.toString())
        .redirectErrorStream(true)
        .start();
  }

  private void read(String line) {
    String total = "stat::number_of_executed_units: ";
    Matcher progress = PROGRESS.matcher(line);
    if (line.startsWith(total)) {
      executions = Long.parseLong(line.substring(total.length()).strip());
    } else if (progress.matches()) {
      executions = Long.parseLong(progress.group(1));
      edges = Long.parseLong(progress.group(2));
      kept = Long.parseLong(progress.group(3));
      if (System.nanoTime() - toldNanos >= PROGRESS_NANOS) {
        toldNanos = System.nanoTime();
        System.out.printf("  %,d executions, %d edges, %d inputs%n", executions, edges, kept);
      }
    }
  }

  private Result result(int exitCode) throws IOException {
    List<Path> artifacts = artifacts();
    if (artifacts.isEmpty()) {
      return exitCode == 0
          ? result("", Optional.empty())
          : result("FAILED", Optional.of(target.word() + ": the search itself failed, see " + log));
    }
    Path artifact = artifacts.getFirst();
    String kind = artifact.getFileName().toString().replaceFirst("-.*", "");
    byte[] input = Files.readAllBytes(artifact);
    if (kind.equals("crash")) {
      input = new Shrinking(target).of(input);
    }
    Path kept = seeds.resolve(artifact.getFileName().toString());
    Files.write(kept, input);
    return result(
        kind,
        Optional.of(
            "%s: %d bytes in %s; CorpusTest tries them from now on; %s has the trace"
                .formatted(target.word(), input.length, kept, log)));
  }

  private Result result(String kind, Optional<String> finding) {
    return new Result(target, executions, edges, kept, kind, finding);
  }

  /** What the search has left: crash-…, timeout-…, oom-…. */
  private List<Path> artifacts() throws IOException {
    try (Stream<Path> files = Files.list(found)) {
      return files
          .filter(file -> !file.toString().endsWith(".java"))
          .filter(file -> !file.getFileName().toString().startsWith("slow-unit"))
          .sorted()
          .toList();
    }
  }

  private void deleteFound() throws IOException {
    try (Stream<Path> files = Files.list(found)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
  }
}
