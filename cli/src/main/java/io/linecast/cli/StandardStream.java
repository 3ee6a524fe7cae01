package io.linecast.cli;

import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The three streams a process is born with. */
enum StandardStream {
  INPUT(0),
  OUTPUT(1),
  ERROR(2);

  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

  private final int descriptor;

  StandardStream(int descriptor) {
    this.descriptor = descriptor;
  }

  /**
   * Whether a person sits at it. Asked of the file system: Java's own console speaks for input and
   * output together. Where there is no such folder, the console's word has to do.
   */
  boolean isTerminal() {
    if (!Files.isDirectory(DESCRIPTORS)) {
      return Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
    }
    String file = file().toString();
    return file.startsWith("/dev/pts/")
        || file.startsWith("/dev/tty")
        || file.equals("/dev/console");
  }

  /**
   * Whether it leads to another program, by a pipe or a socket; not known, thus false, where there
   * is no such folder.
   */
  boolean isPipe() {
    String file = file().toString();
    return file.startsWith("pipe:") || file.startsWith("socket:");
  }

  /** How many bytes its file has; 0 if it is no file. */
  long fileBytes() {
    try {
      Path file = file();
      return Files.isRegularFile(file) ? Files.size(file) : 0;
    } catch (IOException e) {
      return 0;
    }
  }

  private Path file() {
    Path link = DESCRIPTORS.resolve(Integer.toString(descriptor));
    try {
      return Files.readSymbolicLink(link);
    } catch (IOException e) {
      return link;
    }
  }
}
