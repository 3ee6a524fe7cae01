package io.linecast.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** A language that there are examples in, and how they are run. */
enum ExampleLanguage {
  PYTHON("python3", "py"),
  NODE("node", "mjs"),
  BASH("bash", "sh"),
  C("gcc", "c");

  private static final Path EXAMPLES =
      ServerLauncher.launcher().toAbsolutePath().resolveSibling("examples");
  private static final Duration COMPILE_LIMIT = Duration.ofSeconds(60);

  private final String tool;
  private final String suffix;

  ExampleLanguage(String tool, String suffix) {
    this.tool = tool;
    this.suffix = suffix;
  }

  /** Skips the test where the language cannot be run, or there are no examples. */
  void assumeInstalled() {
    assumeTrue(Files.isDirectory(EXAMPLES), "the program under test comes without examples/");
    SearchPath.assumeThereIs(tool);
  }

  /** Whether its strings can hold a NUL. */
  boolean holdsNul() {
    return this != BASH;
  }

  /**
   * The command that runs an example, compiled first where that is due.
   *
   * @param built where compiled programs are kept
   */
  List<String> command(String example, Path built, Object... arguments) {
    Path source = EXAMPLES.resolve(name().toLowerCase(Locale.ROOT)).resolve(example + "." + suffix);
    List<String> command = new ArrayList<>();
    if (this == C) {
      command.add(compiled(source, built.resolve(example)).toString());
    } else {
      command.addAll(List.of(tool, source.toString()));
    }
    Stream.of(arguments).map(Object::toString).forEach(command::add);
    return command;
  }

  /** Starts an example. */
  Program start(String example, Path built, Object... arguments) {
    return Program.start(command(example, built, arguments), Map.of());
  }

  private static Path compiled(Path source, Path program) {
    if (!Files.exists(program)) {
      List<String> compiler = new ArrayList<>(List.of("gcc", "-Wall", "-Wextra", "-Werror", "-O2"));
      compiler.addAll(List.of("-o", program.toString(), source.toString()));
      try (Program compile = Program.start(compiler, Map.of())) {
        assertThat(compile.exitCode(COMPILE_LIMIT)).as("%s", compile.report()).isZero();
      }
    }
    return program;
  }
}
