package io.linecast.cli;

import io.linecast.server.ServerOptions;
import io.linecast.server.StartException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A server in a process of its own, with this process's Java and class path: for tests, benchmarks,
 * and whoever wants it apart.
 *
 * <pre>{@code
 * try (var server = ServerProcess.start(ServerOptions.builder().port(0).build())) {
 *   … connect to server.port() …
 * }
 * }</pre>
 *
 * <p>Its standard error is this process's. Safe from any thread.
 */
public final class ServerProcess implements AutoCloseable {

  private static final Duration START_PATIENCE = Duration.ofSeconds(30);
  private static final long LOOK_AGAIN_MILLIS = 10;

  private final Process process;
  private final int port;
  private final Duration stopPatience;

  private ServerProcess(Process process, int port, Duration stopPatience) {
    this.process = process;
    this.port = port;
    this.stopPatience = stopPatience;
  }

  /**
   * Starts a server and returns once it listens.
   *
   * @throws StartException if it ended instead; it has said why on standard error
   * @throws UncheckedIOException if no process could be started
   */
  public static ServerProcess start(ServerOptions options) {
    return start(options, List.of());
  }

  /** As {@link #start(ServerOptions)}, with options for its Java, such as {@code -Xmx256m}. */
  public static ServerProcess start(ServerOptions options, List<String> javaOptions) {
    try {
      Path directory = Files.createTempDirectory("linecast");
      Path portFile = directory.resolve("port");
      try {
        Process process = launch(options, javaOptions, portFile);
        int port = awaitPort(process, portFile);
        return new ServerProcess(process, port, options.drain().plusSeconds(5));
      } finally {
        Files.deleteIfExists(portFile);
        Files.deleteIfExists(directory);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start a server process", e);
    }
  }

  /** Its first port. */
  public int port() {
    return port;
  }

  /** The process's id. */
  public long pid() {
    return process.pid();
  }

  /** The process itself, for whoever wants to kill it. */
  public ProcessHandle handle() {
    return process.toHandle();
  }

  /** Stops it in an orderly way; at once if that takes longer than its drain time. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(stopPatience.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private static Process launch(ServerOptions options, List<String> javaOptions, Path portFile)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("-XX:+UseCompactObjectHeaders");
    command.add("--sun-misc-unsafe-memory-access=allow");
    command.addAll(javaOptions);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(Linecast.class.getName());
    command.addAll(ServerArguments.of(options));
    command.addAll(List.of("--port-file", portFile.toString()));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(false);
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.redirectOutput(ProcessBuilder.Redirect.INHERIT);
    builder.environment().keySet().removeIf(name -> name.startsWith("LINECAST_"));
    return builder.start();
  }

  private static StartException.Reason reasonOf(int exitCode) {
    return Arrays.stream(StartException.Reason.values())
        .filter(reason -> ExitCode.of(reason).code() == exitCode)
        .findFirst()
        .orElse(StartException.Reason.USAGE);
  }

  private static int awaitPort(Process process, Path portFile) throws IOException {
    long deadline = System.nanoTime() + START_PATIENCE.toNanos();
    while (!Files.exists(portFile)) {
      boolean ended = !process.isAlive();
      if (ended || System.nanoTime() > deadline) {
        process.destroyForcibly();
        throw new StartException(
            ended ? reasonOf(process.exitValue()) : StartException.Reason.USAGE,
            ended
                ? "the server process ended with code " + process.exitValue()
                : "the server process did not listen within " + START_PATIENCE.toSeconds() + " s");
      }
      try {
        TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN_MILLIS);
      } catch (InterruptedException e) {
        process.destroyForcibly();
        Thread.currentThread().interrupt();
        throw new StartException(StartException.Reason.USAGE, "interrupted while it started");
      }
    }
    return Integer.parseInt(Files.readAllLines(portFile).getFirst());
  }
}
