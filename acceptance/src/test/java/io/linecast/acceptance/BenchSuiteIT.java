package io.linecast.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What {@code bench/run} tells of its results: its own tests, which are in Python. */
class BenchSuiteIT {
  private static final Path BENCH =
      ServerLauncher.launcher().toAbsolutePath().resolveSibling("bench");
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Test
  void shouldPassItsOwnTests() {
    assumeTrue(Files.isDirectory(BENCH), "the program under test comes without bench/");
    List<String> command =
        List.of("python3", "-B", "-m", "unittest", "discover", "-s", "" + BENCH, "-t", "" + BENCH);
    try (Program tests = Program.start(command, Map.of())) {
      assertThat(tests.exitCode(PATIENCE)).as(tests.output()).isZero();
      assertThat(tests.output()).containsPattern("Ran [1-9][0-9]* tests").contains("OK");
    }
  }
}
