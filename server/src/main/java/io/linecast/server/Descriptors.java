package io.linecast.server;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How many file descriptors this process may have (proc(5)). */
final class Descriptors {

  /** Left free for what a running process opens now and then. */
  private static final int RESERVE = 32;

  private static final Pattern SOFT_LIMIT = Pattern.compile("Max open files +(\\S+)");

  private Descriptors() {}

  /** How many connections there is room for beside what is open now. */
  static int roomForConnections() {
    try {
      Matcher soft = SOFT_LIMIT.matcher(Files.readString(Path.of("/proc/self/limits")));
      if (!soft.find()) {
        return Integer.MAX_VALUE;
      }
      String limit = soft.group(1);
      if (limit.equals("unlimited")) {
        return Integer.MAX_VALUE;
      }
      long room = Long.parseLong(limit) - countOpen() - RESERVE;
      return (int) Math.max(1, Math.min(Integer.MAX_VALUE, room));
    } catch (IOException | NumberFormatException notLinux) {
      return Integer.MAX_VALUE;
    }
  }

  private static int countOpen() throws IOException {
    int open = 0;
    try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
      for (Path _ : descriptors) {
        open++;
      }
    }
    return open;
  }
}
