package io.linecast.cli;

import io.linecast.server.LinecastServer.Listening;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.IntStream;

/** The file that tells scripts where a server listens. */
final class PortFile {

  private PortFile() {}

  /** Writes it in one step, so that whoever sees the file sees all of it. */
  static void write(Path file, List<Listening> listening) throws IOException {
    Path draft = file.resolveSibling(file.getFileName() + "." + ProcessHandle.current().pid());
    try {
      Files.write(
          draft, IntStream.range(0, listening.size()).mapToObj(i -> line(i, listening)).toList());
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  private static String line(int index, List<Listening> listening) {
    int port = listening.get(index).address().getPort();
    return index == 0 ? "" + port : port + "=" + listening.get(index).channel();
  }
}
