package io.linecast.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.fail;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A real terminal with a command in it: a tmux of its own. */
final class Terminal implements AutoCloseable {
  private static final AtomicInteger LAST = new AtomicInteger();
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final String socket =
      "linecast-" + ProcessHandle.current().pid() + "-" + LAST.incrementAndGet();

  private Terminal() {}

  static boolean isInstalled() {
    try {
      return new ProcessBuilder("tmux", "-V").start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /**
   * Starts a command of the shell; when it has ended, its exit code is the last thing to be seen.
   */
  static Terminal start(String command) {
    Terminal terminal = new Terminal();
    String script = command + "; echo \"ended with $?\"; read -r";
    terminal.tmux("new-session", "-d", "-x", "90", "-y", "25", "bash", "-c", script);
    return terminal;
  }

  /** Types a text and the return key. */
  void type(String text) {
    tmux("send-keys", "-l", text);
    press("Enter");
  }

  /** Presses a key by its name, such as {@code C-d}. */
  void press(String key) {
    tmux("send-keys", key);
  }

  /** Makes it larger or smaller. */
  void resize(int columns, int rows) {
    tmux("resize-window", "-x", Integer.toString(columns), "-y", Integer.toString(rows));
  }

  /** What is to be seen, as text. */
  String screen() {
    return tmux("capture-pane", "-p");
  }

  /** What is to be seen, with the colours as escape sequences. */
  String colours() {
    return tmux("capture-pane", "-p", "-e");
  }

  /** Waits until something is to be seen; all that is to be seen with it. */
  String expect(String text) {
    try {
      return await(text).atMost(PATIENCE).until(this::screen, screen -> screen.contains(text));
    } catch (org.awaitility.core.ConditionTimeoutException e) {
      return fail("'%s' is not to be seen on:%n%s", text, screen());
    }
  }

  private String tmux(String... words) {
    List<String> command = new ArrayList<>(List.of("tmux", "-u", "-L", socket, "-f", "/dev/null"));
    command.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("LC_ALL", "C.UTF-8");
    builder.environment().keySet().removeIf(name -> name.startsWith("LINECAST_"));
    builder.environment().keySet().removeAll(List.of("TMUX", "NO_COLOR"));
    try {
      Process process = builder.start();
      String output = new String(process.getInputStream().readAllBytes(), UTF_8);
      if (process.waitFor() != 0) {
        fail("%s: %s", command, output);
      }
      return output;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    tmux("kill-server");
  }
}
