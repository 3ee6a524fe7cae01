package io.linecast.acceptance;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Where this machine's programs are; what is not there skips the test that needs it. */
public final class SearchPath {

  private SearchPath() {}

  /** A program, which need not be there. */
  public static Optional<Path> find(String name) {
    String folders = System.getenv().getOrDefault("PATH", "");
    return Stream.of(folders.split(File.pathSeparator, -1))
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** A program by the first of these names that there is. Skips the test if there is none. */
  public static Path assumeThereIs(String... names) {
    Optional<Path> found = Stream.of(names).flatMap(name -> find(name).stream()).findFirst();
    assumeTrue(found.isPresent(), () -> "there is no " + String.join(" or ", names) + " here");
    return found.get();
  }
}
