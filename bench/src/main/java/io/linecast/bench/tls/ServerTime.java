package io.linecast.bench.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How long the server's process has computed so far, as Linux tells it. */
final class ServerTime {

  private static final double TICKS_A_SECOND = 100;
  private static final int USER_TICKS = 11;

  private final Path stat;

  ServerTime(long pid) {
    this.stat = Path.of("/proc", Long.toString(pid), "stat");
  }

  double seconds() throws IOException {
    String text = Files.readString(stat);
    String[] behindName = text.substring(text.lastIndexOf(')') + 2).split(" ", -1);
    long ticks =
        Long.parseLong(behindName[USER_TICKS]) + Long.parseLong(behindName[USER_TICKS + 1]);
    return ticks / TICKS_A_SECOND;
  }
}
