package io.linecast.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The program's commands beside {@code serve}, as a person starts them. */
final class Command {
  static final int FILE = 6;
  static final int NO_CONNECTION = 9;
  static final int REFUSED = 12;
  static final int NOT_ACKNOWLEDGED = 13;
  static final int GAP = 14;
  static final int NO_TLS = 15;
  static final int NOT_ADMITTED = 16;
  static final int INTERRUPTED = 130;
  static final int TERMINATED = 143;

  static final Duration PATIENCE = Duration.ofSeconds(30);

  private Command() {}

  /** Starts a command of a server. */
  static Program start(String name, ServerUnderTest server, String... words) {
    return start(name, address(server), words);
  }

  /** Starts a command of a server at an address. */
  static Program start(String name, String address, String... words) {
    return start(Map.of(), name, address, words);
  }

  /** Starts a command with something in its environment. */
  static Program start(
      Map<String, String> environment, String name, String address, String... words) {
    List<String> command =
        new ArrayList<>(List.of(ServerLauncher.launcher().toString(), name, address));
    command.addAll(List.of(words));
    return Program.start(command, environment);
  }

  /** Starts {@code listen}, and waits until it would hear what is sent. */
  static Program listen(ServerUnderTest server, String... words) {
    Program listen = start("listen", server, words);
    awaitWords(listen, "hearing " + address(server));
    return listen;
  }

  /** Runs a script of the shell with {@code $linecast} and {@code $server}. */
  static Program script(ServerUnderTest server, String script) {
    return Program.shell(
        "linecast=$1 server=$2; " + script, ServerLauncher.launcher(), address(server));
  }

  /** Waits until a command has said something. */
  static void awaitWords(Program program, String words) {
    await(words)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> program.output().contains(words) || !program.isRunning());
    assertThat(program.output()).contains(words);
  }

  /** Waits for its end. */
  static void expectEnd(Program program, int exitCode) {
    assertThat(program.exitCode(PATIENCE)).as(program.report()).isEqualTo(exitCode);
  }

  static String address(ServerUnderTest server) {
    return server.host() + ":" + server.port();
  }
}
