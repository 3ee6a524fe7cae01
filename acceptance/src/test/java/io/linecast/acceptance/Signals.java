package io.linecast.acceptance;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether a program that a test starts can be told something by a signal. */
final class Signals {
  private static final long SIGINT_BIT = 1L << (2 - 1);

  private Signals() {}

  /** A shell starts what runs in its background with SIGINT ignored, and Java leaves it so. */
  static void assumeReaches(String signal) {
    assumeTrue(
        !signal.equals("INT") || (ignored() & SIGINT_BIT) == 0,
        "SIGINT is ignored here: the tests were started in a shell's background");
  }

  private static long ignored() {
    try {
      return Files.readAllLines(Path.of("/proc/self/status")).stream()
          .filter(line -> line.startsWith("SigIgn:"))
          .mapToLong(line -> Long.parseUnsignedLong(line.substring(7).strip(), 16))
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
