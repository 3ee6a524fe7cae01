package io.linecast.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A process, the files its output goes to, and the signals it is sent. */
public final class Program implements AutoCloseable {
  private static final int REPORTED_CHARS = 6_000;

  private final List<String> command;
  private final Path folder;
  private final Process process;

  private Program(List<String> command, Path folder, Process process) {
    this.command = command;
    this.folder = folder;
    this.process = process;
  }

  /** Starts a command with none of this process's own settings for linecast. */
  static Program start(List<String> command, Map<String, String> environment) {
    try {
      Path folder = Files.createTempDirectory("linecast-program");
      ProcessBuilder builder = new ProcessBuilder(command);
      builder.environment().keySet().removeIf(name -> name.startsWith("LINECAST_"));
      builder.environment().putAll(environment);
      builder.redirectOutput(folder.resolve("stdout").toFile());
      builder.redirectError(folder.resolve("stderr").toFile());
      Program program = new Program(List.copyOf(command), folder, builder.start());
      ProgramReports.started(program);
      return program;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + command, e);
    }
  }

  /** Runs a script of the shell; {@code $1} and on are the arguments. */
  public static Program shell(String script, Object... arguments) {
    Stream<String> texts = Stream.of(arguments).map(Object::toString);
    List<String> command = Stream.concat(Stream.of("bash", "-c", script, "bash"), texts).toList();
    return start(command, Map.of());
  }

  public long pid() {
    return process.pid();
  }

  /** The processes that it has started, and these. */
  List<ProcessHandle> descendants() {
    return process.descendants().toList();
  }

  public boolean isRunning() {
    return process.isAlive();
  }

  /** Its own folder, gone when it is closed. */
  Path folder() {
    return folder;
  }

  /** Types a text, as a person would. */
  public void type(String text) {
    try {
      OutputStream input = process.getOutputStream();
      input.write(text.getBytes(UTF_8));
      input.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot type to " + command, e);
    }
  }

  /** Ends its input, as a person does with control-D. */
  public void endInput() {
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot end the input of " + command, e);
    }
  }

  byte[] stdout() {
    return read("stdout");
  }

  public String stdoutText() {
    return new String(stdout(), UTF_8);
  }

  /** Everything it has said, on both its outputs. */
  public String output() {
    return stdoutText() + new String(read("stderr"), UTF_8);
  }

  /** Sends a signal by its name, such as {@code TERM}. After {@code STOP} it stands still. */
  public void signal(String name) {
    try {
      int status = new ProcessBuilder("kill", "-" + name, Long.toString(pid())).start().waitFor();
      assertThat(status).as("kill -%s %d", name, pid()).isZero();
      if (name.equals("STOP")) {
        Awaitility.await()
            .pollInterval(Duration.ofMillis(1))
            .ignoreExceptionsInstanceOf(IOException.class) // a thread may end meanwhile
            .until(this::standsStill);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** A thread goes on for a while after its process was told to stop. */
  private boolean standsStill() throws IOException {
    try (Stream<Path> threads = Files.list(Path.of("/proc/%d/task".formatted(pid())))) {
      for (Path thread : threads.toList()) {
        String stat = Files.readString(thread.resolve("stat"));
        if (stat.charAt(stat.lastIndexOf(')') + 2) != 'T') {
          return false;
        }
      }
    }
    return true;
  }

  /** Its exit code, which it must give in time. */
  public int exitCode(Duration atMost) {
    try {
      if (!process.waitFor(atMost.toMillis(), MILLISECONDS)) {
        fail("%s still runs after %s", command, atMost);
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** What to look at when something went wrong. */
  String report() {
    String state = isRunning() ? "runs" : "ended with " + process.exitValue();
    String output = output();
    String tail = output.substring(Math.max(0, output.length() - REPORTED_CHARS));
    return "%s (%d) %s and said:%n%s".formatted(String.join(" ", command), pid(), state, tail);
  }

  @Override
  public void close() {
    ProgramReports.ended(this);
    // A shell's end does not end what it has begun; once it has ended nobody knows whose they were.
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    exitCode(Duration.ofSeconds(30));
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
      Files.delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private byte[] read(String name) {
    try {
      return Files.readAllBytes(folder.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
