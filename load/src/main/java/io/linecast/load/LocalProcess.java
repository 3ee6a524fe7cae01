package io.linecast.load;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** A process of this machine, seen through {@code /proc}. */
record LocalProcess(long pid) {
  private static final Path PROC = Path.of("/proc");
  private static final String LISTENING = "0A";
  private static final int TCP_LOCAL_ADDRESS = 1;
  private static final int TCP_STATE = 3;
  private static final int TCP_INODE = 9;
  private static final int STAT_USER_TICKS = 11; // counted from behind the command's name
  private static final int STAT_SYSTEM_TICKS = 12;
  private static final long NANOS_PER_TICK = 10_000_000;
  private static final long BYTES_PER_KIB = 1024;

  static LocalProcess current() {
    return new LocalProcess(ProcessHandle.current().pid());
  }

  /** The process that owns the socket listening on a port of this machine, if it may be seen. */
  static Optional<LocalProcess> listeningOn(int port) {
    try {
      Optional<String> inode = listener("net/tcp", port).or(() -> listener("net/tcp6", port));
      return inode.isEmpty() ? Optional.empty() : owner("socket:[" + inode.get() + "]");
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** CPU time used so far, in steps of 10 ms; 0 when the process is no more. */
  long cpuNanos() {
    try {
      String stat = Files.readString(PROC.resolve(pid + "/stat"));
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      long user = Long.parseLong(fields[STAT_USER_TICKS]);
      return (user + Long.parseLong(fields[STAT_SYSTEM_TICKS])) * NANOS_PER_TICK;
    } catch (IOException e) {
      return 0;
    }
  }

  /** Memory in use now; 0 when the process is no more. */
  long residentBytes() {
    return statusBytes("VmRSS:");
  }

  /** Whether it is a Java virtual machine, by its name. */
  boolean isJava() {
    try {
      return Files.readString(PROC.resolve(pid + "/comm")).strip().equals("java");
    } catch (IOException e) {
      return false;
    }
  }

  private long statusBytes(String field) {
    try (Stream<String> lines = Files.lines(PROC.resolve(pid + "/status"))) {
      return lines
          .filter(line -> line.startsWith(field))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * BYTES_PER_KIB)
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      return 0;
    }
  }

  private static Optional<String> listener(String table, int port) {
    String suffix = String.format(Locale.ROOT, ":%04X", port);
    try (Stream<String> lines = Files.lines(PROC.resolve(table))) {
      return lines
          .map(line -> line.strip().split("\\s+"))
          .filter(fields -> fields[TCP_STATE].equals(LISTENING))
          .filter(fields -> fields[TCP_LOCAL_ADDRESS].endsWith(suffix))
          .map(fields -> fields[TCP_INODE])
          .findFirst();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Optional<LocalProcess> owner(String socket) throws IOException {
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (Path process : processes) {
        if (holds(process, socket)) {
          return Optional.of(new LocalProcess(Long.parseLong(process.getFileName().toString())));
        }
      }
    }
    return Optional.empty();
  }

  private static boolean holds(Path process, String socket) {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(process.resolve("fd"))) {
      for (Path file : files) {
        if (Files.readSymbolicLink(file).toString().equals(socket)) {
          return true;
        }
      }
      return false;
    } catch (IOException e) {
      return false; // another user's process, or one that has just ended
    }
  }
}
