package io.linecast.cli;

import io.linecast.server.LinecastServer;
import io.linecast.server.LinecastServer.Listening;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashSet;
import java.util.Set;

/** The file that tells scripts where a server listens. */
final class PortFile {

  private PortFile() {}

  /** Writes it in one step, so that whoever sees the file sees all of it. */
  static void write(Path file, LinecastServer server) throws IOException {
    // A port is the same on every address, and so is told once.
    Set<String> lines = new LinkedHashSet<>();
    lines.add("" + server.port());
    for (Listening listening : server.listening()) {
      int port = listening.address().getPort();
      if (port != server.port()) {
        lines.add(port + "=" + listening.channel());
      }
    }
    server
        .listeningUnix()
        .forEach(socket -> lines.add("unix=" + ReachFlags.UnixSocketConverter.text(socket)));
    server.web().ifPresent(web -> lines.add("web=" + web.getPort()));
    Path draft = file.resolveSibling(file.getFileName() + "." + ProcessHandle.current().pid());
    try {
      Files.write(draft, lines);
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(draft);
    }
  }
}
