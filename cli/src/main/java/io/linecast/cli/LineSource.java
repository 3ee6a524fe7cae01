package io.linecast.cli;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where lines to be sent come from.
 *
 * @param file empty: standard input
 */
record LineSource(Optional<Path> file) {

  private static final String STANDARD_INPUT = "-";

  /** The files that are named, or standard input if none is. */
  static List<LineSource> of(List<String> names) {
    return names.isEmpty()
        ? List.of(new LineSource(Optional.empty()))
        : names.stream()
            .map(
                name ->
                    new LineSource(
                        name.equals(STANDARD_INPUT)
                            ? Optional.empty()
                            : Optional.of(Path.of(name))))
            .toList();
  }

  /**
   * That it can be opened, before the first line of any is sent.
   *
   * @throws UncheckedIOException if not
   */
  void check() {
    if (file.isEmpty()) {
      return;
    }
    String name = file.get().toString();
    try {
      if (!Files.exists(file.get())) {
        throw new NoSuchFileException(name);
      } else if (Files.isDirectory(file.get())) {
        throw new FileSystemException(name, null, "it is a folder");
      } else if (!Files.isReadable(file.get())) {
        throw new AccessDeniedException(name);
      }
    } catch (IOException e) {
      String hint = name.contains("/") || name.contains(".") ? "" : " (a server is HOST:PORT)";
      throw FileTrouble.report("cannot read " + name + hint, e);
    }
  }

  InputStream open() throws IOException {
    return file.isPresent()
        ? new FileInputStream(file.get().toFile())
        : new KeptOpen(new FileInputStream(FileDescriptor.in));
  }

  /** Standard input may be named twice; the second time it is merely at its end. */
  private static final class KeptOpen extends FilterInputStream {
    KeptOpen(InputStream in) {
      super(in);
    }

    @Override
    public void close() {
      // It is not ours to close.
    }
  }

  /** How many bytes it has; 0 if that is not known. */
  long bytes() {
    try {
      return file.isPresent() ? Files.size(file.get()) : StandardStream.INPUT.fileBytes();
    } catch (IOException e) {
      return 0;
    }
  }

  /** Whether somebody types the lines. */
  boolean isTyped() {
    return file.isEmpty() && StandardStream.INPUT.isTerminal();
  }

  @Override
  public String toString() {
    return file.map(Path::toString).orElse("standard input");
  }
}
