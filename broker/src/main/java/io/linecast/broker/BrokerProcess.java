package io.linecast.broker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** A node as a process, and what is done to it. For one thread. */
final class BrokerProcess {

  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final long LOOK_AGAIN_NANOS = Duration.ofMillis(5).toNanos();

  private final Seat seat;
  private final Path output;
  private final Process process;

  private BrokerProcess(Seat seat, Path output, Process process) {
    this.seat = seat;
    this.output = output;
    this.process = process;
  }

  /**
   * Starts one; waits for nothing.
   *
   * @param folder what it says goes into a file there, its own files into a folder there
   */
  static BrokerProcess start(Path folder, String clusterId, Seat seat, List<Seat> nodes) {
    Path output = folder.resolve("node" + seat.id() + ".log");
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            SmallKafka.class.getName(),
            "--folder",
            folder.resolve("node" + seat.id()).toString(),
            "--id",
            Integer.toString(seat.id()),
            "--nodes",
            String.join(",", nodes.stream().map(Seat::toString).toList()),
            "--cluster",
            clusterId,
            "--with-input");
    try {
      Files.createDirectories(folder);
      Files.deleteIfExists(output);
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      return new BrokerProcess(seat, output, process);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + command, e);
    }
  }

  boolean isRunning() {
    return process.isAlive();
  }

  /** Waits until clients are served. */
  void awaitUp() {
    awaitUntil("node " + seat.id() + " to serve", () -> said().contains(SmallKafkaMain.UP));
  }

  private String said() throws IOException {
    return Files.readString(output);
  }

  /** Kills it without warning; waits until it is gone. */
  void kill() {
    process.destroyForcibly();
    awaitEnd();
  }

  /** Asks it to end; waits until it has. */
  void stop() {
    process.destroy();
    awaitEnd();
  }

  private void awaitEnd() {
    try {
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new IllegalStateException(seat + " does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Holds all its threads; returns when they stand still. */
  void freeze() {
    signal("STOP");
    awaitUntil("node " + seat.id() + " to stand still", this::standsStill);
  }

  /** Lets it go on after {@link #freeze}. */
  void thaw() {
    signal("CONT");
  }

  private void signal(String name) {
    try {
      int status =
          new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
      if (status != 0) {
        throw new IllegalStateException("kill -" + name + " " + seat + ": " + status);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private boolean standsStill() throws IOException {
    try (Stream<Path> threads = Files.list(Path.of("/proc/%d/task".formatted(process.pid())))) {
      for (Path thread : threads.toList()) {
        String stat = Files.readString(thread.resolve("stat"));
        if (stat.charAt(stat.lastIndexOf(')') + 2) != 'T') {
          return false;
        }
      }
    }
    return true;
  }

  private interface Condition {
    boolean holds() throws IOException;
  }

  private void awaitUntil(String what, Condition condition) {
    long giveUp = System.nanoTime() + PATIENCE.toNanos();
    while (!holds(condition)) {
      if (!isRunning() || System.nanoTime() - giveUp > 0) {
        throw new IllegalStateException("waited in vain for " + what + "; " + report());
      }
      LockSupport.parkNanos(LOOK_AGAIN_NANOS);
    }
  }

  private static boolean holds(Condition condition) {
    try {
      return condition.holds();
    } catch (IOException e) {
      return false; // a thread has ended meanwhile
    }
  }

  private String report() {
    try {
      return "it " + (isRunning() ? "runs" : "has ended") + " and said:\n" + said();
    } catch (IOException e) {
      return e.toString();
    }
  }
}
