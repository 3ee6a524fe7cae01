package io.linecast.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands that reach a server by its unix socket. */
@BlackBox
class UnixCommandsIT {

  @TempDir private Path folder;
  private Path path;

  @BeforeEach
  void requireUnixSockets() {
    assumeTrue(Transport.usual() != Transport.NIO, "unix sockets need epoll");
    path = folder.resolve("lines");
  }

  private String address() {
    return "unix:" + path;
  }

  @Test
  void shouldSendAndHearAcknowledgedLinesThere() throws IOException {
    List<String> lines = IntStream.range(0, 5000).mapToObj(i -> "line " + i).toList();
    Path file = Files.write(folder.resolve("file"), lines);
    try (ServerUnderTest server = ServerUnderTest.start("--unix", path + "=ships");
        Program listen = Command.start("listen", address(), "--count", "5001")) {
      Command.awaitWords(listen, "hearing " + address());
      try (Program send = Command.start("send", address(), file.toString())) {
        Command.expectEnd(send, 0);
        assertThat(send.output()).contains("5,000 lines");
      }
      try (Program chat =
          Program.shell("echo aye | $1 chat $2 --name ann", ServerLauncher.launcher(), address())) {
        Command.expectEnd(chat, 0);
      }
      Command.expectEnd(listen, 0);
      assertThat(listen.stdoutText()).isEqualTo(String.join("\n", lines) + "\nann: aye\n");
      assertThat(server.stop()).isZero();
      assertThat(server.output()).contains("channel ships: accepted 5001 lines");
    }
  }

  @Test
  void shouldSendAndHearPlainLinesThere() {
    try (ServerUnderTest server = ServerUnderTest.start("--unix", path.toString());
        LineClient alice = server.connect();
        Program listen = Command.start("listen", address(), "--plain", "--count", "1");
        Program send =
            Program.shell(
                "echo hello | $1 send $2 --plain", ServerLauncher.launcher(), address())) {
      assertThat(alice.hear()).isEqualTo("hello");
      Command.expectEnd(send, 0);
      await("that it has heard a line")
          .until(
              () -> {
                alice.send("to all");
                return !listen.isRunning();
              });
      Command.expectEnd(listen, 0);
    }
  }

  @Test
  void shouldSayWhyNobodyIsReachedThere() throws IOException {
    expectNoConnection("there is no such unix socket", "");
    Files.writeString(path, "no socket");
    expectNoConnection("nobody listens on it", "");
    Files.delete(path);
    try (ServerUnderTest server =
        ServerUnderTest.start("--unix", path.toString(), "--unix-mode", "0400")) {
      String unprivileged = "setpriv --bounding-set=-dac_override --inh-caps=-dac_override ";
      try (Program probe = Program.shell(unprivileged + "test -w $1", path)) {
        boolean denied = probe.exitCode(Command.PATIENCE) == 1;
        assumeTrue(denied || !Files.isWritable(path), "root may connect, without setpriv");
        expectNoConnection("permission denied", denied ? unprivileged : "");
      }
      assertThat(server.stop()).isZero();
    }
  }

  private void expectNoConnection(String words, String before) {
    for (String flag : new String[] {"", "--plain"}) {
      try (Program listen =
          Program.shell(
              "exec " + before + "$1 listen $2 " + flag, ServerLauncher.launcher(), address())) {
        Command.expectEnd(listen, Command.NO_CONNECTION);
        assertThat(listen.output())
            .contains("cannot connect to " + address() + ": " + words)
            .doesNotContain("Exception", "\tat ");
      }
    }
  }
}
