package io.linecast.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** What the kernel knows of a process. */
final class ProcessFigures {
  private static final int TICKS_PER_SECOND = 100;
  private static final int USER_TICKS_FIELD = 11;

  private final Path folder;

  ProcessFigures(Program program) {
    folder = Path.of("/proc", Long.toString(program.pid()));
  }

  /** The processor time it has used. */
  Duration processorTime() {
    String stat = read("stat");
    List<String> fields = List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1));
    long ticks =
        Long.parseLong(fields.get(USER_TICKS_FIELD))
            + Long.parseLong(fields.get(USER_TICKS_FIELD + 1));
    return Duration.ofMillis(ticks * 1_000 / TICKS_PER_SECOND);
  }

  /** The memory it has in use. */
  long residentBytes() {
    String line = read("status").lines().filter(l -> l.startsWith("VmRSS:")).findFirst().orElse("");
    return Long.parseLong(line.replaceAll("\\D", "")) << 10;
  }

  int openDescriptors() {
    try (Stream<Path> descriptors = Files.list(folder.resolve("fd"))) {
      return (int) descriptors.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String read(String name) {
    try {
      return Files.readString(folder.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
