package io.linecast.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code linecast send}. */
@BlackBox
class SendIT {
  private ServerUnderTest server = ServerUnderTest.start("--history", "1000");

  @TempDir private Path folder;

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void shouldCarryAHundredThousandLinesToAListener() {
    try (Program listen = Command.listen(server, "--count", "100000");
        Program send =
            Command.script(server, "printf '%s\\n' {1..100000} | \"$linecast\" send $server")) {
      Command.expectEnd(send, 0);
      assertThat(send.stdout()).as("standard output").isEmpty();
      assertThat(send.output())
          .contains("100,000 lines acknowledged (stored) as 1 to 100000, to 1 other");
      Command.expectEnd(listen, 0);
      try (Program numbers = Program.shell("printf '%s\\n' {1..100000}")) {
        Command.expectEnd(numbers, 0);
        assertThat(listen.stdout()).isEqualTo(numbers.stdout());
      }
    }
  }

  @Test
  void shouldSendFilesInTheirOrderAndStandardInputAmongThem() throws IOException {
    Files.writeString(folder.resolve("a"), "1\n2\n");
    Files.writeString(folder.resolve("b:7"), "5");
    String script =
        "cd %s && printf '3\\n4' | \"$linecast\" send $server a - ./b:7 -".formatted(folder);
    try (Program send = Command.script(server, script)) {
      Command.expectEnd(send, 0);
    }
    assertThat(kept(5)).containsExactly("1", "2", "3", "4", "5");
  }

  @Test
  void shouldWaitForWhatTheLevelSays() {
    try (Program listen = Command.listen(server, "--count", "1");
        Program send = Command.script(server, "echo hi | \"$linecast\" send $server --ack done")) {
      Command.expectEnd(send, 0);
      assertThat(send.output()).contains("acknowledged (done)");
      assertThat(listen.stdoutText()).isEqualTo("hi\n");
    }
  }

  @Test
  void shouldTellOfALineThatIsTooLongAndSendTheOthers() {
    String script =
        "{ echo short; head -c 70000 /dev/zero | tr '\\0' x; echo; echo last; }"
            + " | \"$linecast\" send $server";
    try (Program send = Command.script(server, script)) {
      Command.expectEnd(send, Command.NOT_ACKNOWLEDGED);
      assertThat(send.output())
          .contains("standard input, line 2: too long, not sent: 70,000 bytes", "65,535")
          .contains("1 line NOT acknowledged");
    }
    assertThat(kept(2)).containsExactly("short", "last");
  }

  @Test
  void shouldSendOnlyTheRestUnderAPublishersName() throws IOException {
    Path file = folder.resolve("log");
    Files.writeString(file, "1\n2\n");
    try (Program first = send("--publisher", "log", file.toString())) {
      Command.expectEnd(first, 0);
    }
    Files.writeString(file, "1\n2\n3\n");
    try (Program second = send("--publisher", "log", file.toString())) {
      Command.expectEnd(second, 0);
      assertThat(second.output()).contains("1 line acknowledged", "2 lines skipped: sent before");
    }
    Files.writeString(file, "other\n");
    try (Program third = send("--publisher", "log", file.toString())) {
      Command.expectEnd(third, Command.NOT_ACKNOWLEDGED);
      assertThat(third.output()).contains("another input");
    }
    assertThat(kept(3)).containsExactly("1", "2", "3");
  }

  @Test
  void shouldGoOnWhenTheServerIsStartedAnew() {
    try (Program send = send()) {
      send.type("before\n");
      assertThat(kept(1)).containsExactly("before");
      restart();
      Command.awaitWords(send, "connected again");
      send.type("after\n");
      assertThat(kept(1)).containsExactly("after");
      send.endInput();
      Command.expectEnd(send, 0);
      assertThat(send.output()).contains("; trying again", "2 lines acknowledged");
    }
  }

  @Test
  void shouldGiveUpWhenToldHowLongToWait() {
    try (Program send = send("--wait", "1")) {
      send.type("before\n");
      assertThat(kept(1)).containsExactly("before");
      server.program().signal("STOP"); // or it may have given up before it is typed to
      send.type("after\n");
      server.program().signal("KILL");
      Command.expectEnd(send, Command.NO_CONNECTION);
      assertThat(send.output()).contains("1 line acknowledged", "1 line NOT acknowledged");
    }
  }

  @Test
  void shouldSettleWhatIsSentWhenItIsInterrupted() {
    Signals.assumeReaches("INT");
    try (Program send = send()) {
      send.type("said\n");
      assertThat(kept(1)).containsExactly("said");
      send.signal("INT");
      Command.expectEnd(send, Command.INTERRUPTED);
      assertThat(send.output()).contains("1 line acknowledged");
    }
  }

  @Test
  void shouldSpeakWithAServerOfPlainLinesOnlyWhenToldTo() {
    try (ServerUnderTest plain = ServerUnderTest.start("--plain-only", "--history", "10");
        Program refused = Command.script(plain, "echo 1 | \"$linecast\" send $server");
        Program sent =
            Command.script(plain, "printf '2\\n3' | \"$linecast\" send $server --plain")) {
      Command.expectEnd(sent, 0);
      assertThat(sent.output()).contains("2 lines sent, not acknowledged");
      Command.expectEnd(refused, Command.REFUSED);
      assertThat(refused.output()).contains("--plain");
    }
  }

  @Test
  void shouldShowHowFarItIsOnATerminal() {
    assumeTrue(Terminal.isInstalled(), "there is no tmux here");
    String command =
        "seq 50000 > %1$s; '%2$s' send %3$s --rate 10000 %1$s"
            .formatted(
                folder.resolve("numbers"), ServerLauncher.launcher(), Command.address(server));
    try (Terminal terminal = Terminal.start(command)) {
      assertThat(terminal.expect(" outstanding"))
          .containsPattern("send +\\d+% .*KiB.* lines, .*/s");
      terminal.expect("50,000 lines acknowledged");
      terminal.expect("ended with 0");
      assertThat(terminal.screen()).doesNotContain("outstanding");
    }
  }

  @Test
  void shouldKeepItsWordsApartFromTheBar() {
    assumeTrue(Terminal.isInstalled(), "there is no tmux here");
    String command =
        "{ seq 15000; head -c 70000 /dev/zero | tr '\\0' x; echo; seq 5000; } > %1$s; '%2$s' send %3$s --rate 4000 %1$s"
            .formatted(folder.resolve("f"), ServerLauncher.launcher(), Command.address(server));
    try (Terminal terminal = Terminal.start(command)) {
      terminal.expect(" outstanding");
      terminal.expect("line 15001: too long");
      terminal.expect("ended with 13");
      assertThat(terminal.screen()).containsPattern("(?m)^linecast send: .*f, line 15001: too");
    }
  }

  @Test
  void shouldSayThatThereIsNoServerOrNoFile() throws IOException {
    int free;
    try (ServerSocket socket = new ServerSocket(0)) {
      free = socket.getLocalPort();
    }
    String launcher = ServerLauncher.launcher().toString();
    try (Program nobody = Program.start(List.of(launcher, "send", "127.0.0.1:" + free), Map.of());
        Program nothing = send("/there/is/none")) {
      Command.expectEnd(nobody, Command.NO_CONNECTION);
      assertThat(nobody.output()).contains("127.0.0.1:" + free).doesNotContain("\tat ");
      Command.expectEnd(nothing, Command.FILE);
      assertThat(nothing.output()).contains("/there/is/none").doesNotContain("\tat ");
    }
  }

  private Program send(String... words) {
    return Command.start("send", server, words);
  }

  /** The last lines that the server has. */
  private List<String> kept(int count) {
    try (Program listen =
        Command.start("listen", server, "--from", "oldest", "--count", "" + count)) {
      Command.expectEnd(listen, 0);
      return listen.stdoutText().lines().toList();
    }
  }

  /** Another server on the same port, which knows nothing of the first. */
  private void restart() {
    String port = Integer.toString(server.port());
    server.program().signal("KILL");
    server.program().exitCode(Command.PATIENCE);
    server.close();
    server = ServerUnderTest.start("--port", port);
  }
}
