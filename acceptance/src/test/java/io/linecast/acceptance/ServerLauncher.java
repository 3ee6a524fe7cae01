package io.linecast.acceptance;

import static org.assertj.core.api.Assertions.fail;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How the real program is started: its options, its environment, its limits. */
public final class ServerLauncher {
  private static final String PROPERTY = "linecast.program";
  private static final Duration START_LIMIT = Duration.ofSeconds(60);

  private final List<String> prefix = new ArrayList<>();
  private final List<String> options = new ArrayList<>();
  private final Map<String, String> environment = new HashMap<>();

  /** Adds words of the command line. */
  public ServerLauncher with(String... words) {
    options.addAll(List.of(words));
    return this;
  }

  /** Sets a variable of its environment. */
  public ServerLauncher environment(String name, String value) {
    environment.put(name, value);
    return this;
  }

  /** Allows it so many open files and not one more. */
  ServerLauncher descriptors(int limit) {
    return behind("bash", "-c", "ulimit -n " + limit + "; exec \"$@\"", "bash");
  }

  /** Has another command run it, in the same process. */
  public ServerLauncher behind(String... command) {
    prefix.addAll(List.of(command));
    return this;
  }

  /** Starts it on a free port unless the options name one, and waits until it listens. */
  public ServerUnderTest start() {
    Target.assumeNoneGiven("a server of its own: " + options);
    Path portFile = temporaryFolder().resolve("port");
    if (!options.contains("--port") && !environment.containsKey("LINECAST_PORT")) {
      with("--port", "0");
    }
    if (!options.contains("--transport")) {
      with("--transport", Transport.usual().option());
    }
    with("--port-file", portFile.toString());
    Program program = program();
    await("the port file")
        .atMost(START_LIMIT)
        .pollInterval(Duration.ofMillis(10))
        .until(() -> Files.exists(portFile) || !program.isRunning());
    if (!Files.exists(portFile)) {
      String report = program.report();
      program.close();
      fail("no port file: %s", report);
    }
    return ServerUnderTest.own(program, PortFile.readAndDelete(portFile));
  }

  /** Starts {@code serve} as it is, waiting for nothing. */
  public Program program() {
    Target.assumeNoneGiven("a process of its own: " + options);
    if (!options.contains("--web-port")) {
      with("--web-port", "off");
    }
    List<String> command = new ArrayList<>(prefix);
    command.add(launcher().toString());
    command.add("serve");
    command.addAll(options);
    return Program.start(command, environment);
  }

  /**
   * The program's launcher: the one that {@code -Dlinecast.program} names, or else that in the
   * folder the tests are run from, or in one above it.
   */
  static Path launcher() {
    String given = System.getProperty(PROPERTY, "");
    if (!given.isEmpty()) {
      return Path.of(given);
    }
    Path start = Path.of("").toAbsolutePath();
    for (Path folder = start; folder != null; folder = folder.getParent()) {
      Path launcher = folder.resolve("linecast");
      if (Files.isRegularFile(launcher) && Files.isExecutable(launcher)) {
        return launcher;
      }
    }
    return fail("there is no ./linecast in " + start + " or above: build the program first");
  }

  private static Path temporaryFolder() {
    try {
      return Files.createTempDirectory("linecast-port");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
