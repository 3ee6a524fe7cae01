package io.linecast.load;

import com.google.gson.Gson;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Has a share done by a process of its own, a {@link WorkerMain}. */
final class RemoteWorker implements Worker {
  private static final Gson GSON = new Gson();
  private static final int END_SECONDS = 30;

  /** Those that must not go on when this process is told to end. */
  private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();

  static {
    Thread hook = new Thread(() -> RUNNING.forEach(Process::destroyForcibly), "end-workers");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  private final Process process;
  private final BufferedWriter orders;
  private final BufferedReader answers;

  RemoteWorker(Share share) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-XX:+UseSerialGC", "-Xmx512m"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(WorkerMain.class.getName());
    try {
      process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      RUNNING.add(process);
      orders = process.outputWriter(StandardCharsets.UTF_8);
      answers = process.inputReader(StandardCharsets.UTF_8);
      write(GSON.toJson(share));
    } catch (IOException e) {
      throw new LoadFailure("a worker process could not be started: " + e.getMessage());
    }
  }

  @Override
  public void connect() {
    order(Order.What.CONNECT, 0, null);
  }

  @Override
  public void probe() {
    order(Order.What.PROBE, 0, null);
  }

  @Override
  public void forget() {
    order(Order.What.FORGET, 0, null);
  }

  @Override
  public long[] run(long startNanos) {
    return Objects.requireNonNull(order(Order.What.RUN, startNanos, null).sentLines());
  }

  @Override
  public Tally tally(long[] sentLines) {
    return Objects.requireNonNull(order(Order.What.TALLY, 0, sentLines).tally());
  }

  @Override
  public void close() {
    try {
      write(GSON.toJson(new Order(Order.What.CLOSE, 0, null)));
      process.waitFor(END_SECONDS, TimeUnit.SECONDS);
    } catch (IOException e) {
      // It has died, which is an end too.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      process.destroyForcibly();
      RUNNING.remove(process);
    }
  }

  private Answer order(Order.What what, long startNanos, long @Nullable [] sentLines) {
    try {
      write(GSON.toJson(new Order(what, startNanos, sentLines)));
      String line = answers.readLine();
      if (line == null) {
        throw new LoadFailure("worker process " + process.pid() + " has died");
      }
      Answer answer = GSON.fromJson(line, Answer.class);
      if (answer.failure() != null) {
        throw new LoadFailure(answer.failure());
      }
      return answer;
    } catch (IOException e) {
      throw new LoadFailure("worker process " + process.pid() + " has died: " + e.getMessage());
    }
  }

  private void write(String line) throws IOException {
    orders.write(line);
    orders.newLine();
    orders.flush();
  }
}
