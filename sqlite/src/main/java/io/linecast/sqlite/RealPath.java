package io.linecast.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where a journal's file really is, whatever symbolic links it is named by: there SQLite puts the
 * log, so there the lock belongs too.
 */
final class RealPath {

  /** Links that lead to links: the system follows no more either. */
  private static final int MOST_LINKS = 40;

  private RealPath() {}

  /** Of a file that need not be there; as it was named, or linked to, if its folder is not. */
  static Path of(Path named) {
    Path file = named;
    try {
      for (int links = 0; links < MOST_LINKS && Files.isSymbolicLink(file); links++) {
        file = file.toAbsolutePath().resolveSibling(Files.readSymbolicLink(file));
      }
      Path folder = file.toAbsolutePath().getParent();
      return folder == null ? file : folder.toRealPath().resolve(file.getFileName());
    } catch (IOException e) {
      return file; // whoever opens it says what is wrong
    }
  }
}
