package io.linecast.cli;

import io.linecast.server.access.TokensFile;
import io.linecast.server.access.TokensFileException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which tokens file a command is about. */
final class TokenFlags {

  @Option(
      names = "--tokens",
      paramLabel = "FILE",
      required = true,
      description = "The file that the server is given as --tokens.")
  private Path path;

  /** What is done with the file. */
  @FunctionalInterface
  interface Work<T> {

    T with(TokensFile file) throws IOException;
  }

  /** Does something with the file; what fails is told by the file's name. */
  <T> T with(Work<T> work) {
    try {
      return work.with(new TokensFile(path));
    } catch (TokensFileException e) {
      throw new UncheckedIOException(
          "the tokens file " + path + ", " + e.getMessage(), new IOException(e));
    } catch (IOException e) {
      throw FileTrouble.report("the tokens file " + path, e);
    }
  }
}
