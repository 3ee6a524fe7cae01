package io.linecast.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.linecast.client.ScriptedServer;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code linecast chat}, in a terminal and without one. */
@BlackBox
class ChatIT {
  private ServerUnderTest server;

  @BeforeEach
  void start() {
    server = ServerUnderTest.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void shouldLetTwoTalkWithEachOtherAndWithNetcat() {
    try (Terminal ann = chat("ann");
        Terminal bob = chat("bob");
        Terminal nc = terminal("nc %s %d".formatted(server.host(), server.port()))) {
      ann.expect("channel main");
      bob.expect("channel main");
      nc.type("carl: is anybody there?");
      ann.expect("carl: is anybody there?");
      bob.expect("carl: is anybody there?");
      ann.type("I'm here!! \\o/");
      nc.expect("ann: I'm here!! \\o/");
      bob.expect("ann: I'm here!! \\o/");
      ann.expect("ann: I'm here!! \\o/  ✓");
      ann.expect("2 others hear you");
      bob.press("C-d");
      bob.expect("ended with 0");
      ann.type("who is left?");
      ann.expect("1 other hears you (1 fewer)");
      nc.expect("ann: who is left?");
      assertThat(ann.screen().lines().filter(line -> line.contains("I'm here")))
          .as("one's own line is to be seen once")
          .hasSize(1);
      assertThat(ann.colours()).contains("\u001b[");
      ann.type("/quit");
      ann.expect("ended with 0");
    }
  }

  @Test
  void shouldLetALineBeEditedWhileOthersTalk() {
    try (Terminal ann = chat("ann");
        LineClient other = server.connect()) {
      ann.expect("ann>");
      ann.press("h");
      ann.press("x");
      ann.expect("ann> hx");
      other.send("bob: I interrupt");
      ann.expect("bob: I interrupt");
      ann.expect("ann> hx");
      ann.press("BSpace");
      ann.type("ello");
      assertThat(other.hear()).isEqualTo("ann: hello");
      ann.expect("ann: hello");
      ann.expect("hears you\nann>"); // keys are for whoever reads them
      ann.press("Up");
      ann.expect("ann> hello");
      ann.type(" again");
      assertThat(other.hear()).isEqualTo("ann: hello again");
      ann.press("C-c");
      ann.expect("ended with 0");
    }
  }

  @Test
  void shouldNotLetOthersPlayWithTheTerminal() {
    try (Terminal ann = chat("ann");
        LineClient other = server.connect()) {
      ann.expect("ann>");
      other.send("eve: first", "eve: \u001b[2J\u001b[H\u0007\u009b31m", "eve: last");
      ann.expect("eve: last");
      assertThat(ann.screen()).contains("eve: first", "eve: ␛[2J␛[H␇\uFFFD31m");
    }
  }

  @Test
  void shouldDoWithoutColoursWhereTheyAreNotWanted() {
    try (Terminal ann = terminal("NO_COLOR=1 " + command("ann"));
        LineClient other = server.connect()) {
      ann.expect("ann>");
      other.send("bob: hello");
      ann.expect("bob: hello");
      ann.type("hello, bob");
      ann.expect("ann: hello, bob  ✓");
      assertThat(ann.colours()).doesNotContainPattern("\u001b\\[[0-9;]*(3[0-7]|9[0-7])m");
    }
  }

  @Test
  void shouldSayWhatIsOnItsWayWhileThereIsNoServer() {
    try (Terminal ann = chat("ann")) {
      ann.expect("ann>");
      String port = Integer.toString(server.port());
      server.program().signal("KILL");
      ann.expect("; trying again");
      ann.type("are you back?");
      ann.expect("ann: are you back?  … on its way");
      server.close();
      server = ServerUnderTest.start("--port", port);
      ann.expect("ann: are you back?  ✓");
      ann.expect("nobody else hears you");
    }
  }

  @Test
  void shouldGoLineByLineWithoutATerminal() {
    try (Program ann = Command.start("chat", server, "--name", "ann");
        LineClient other = server.connect()) {
      await()
          .until(
              () -> {
                other.send("bob: hello");
                return ann.stdoutText().startsWith("bob: hello\n");
              });
      ann.type("hello yourself\n/tmp is full\n/quit\n//\n");
      ann.endInput();
      assertThat(other.hear(4))
          .isEqualTo(List.of("ann: hello yourself", "ann: /tmp is full", "ann: /quit", "ann: //"));
      Command.expectEnd(ann, 0);
    }
  }

  @Test
  void shouldSayAllOfItsInputBeforeItEnds() {
    try (LineClient other = server.connect();
        Program ann = Command.script(server, "seq 1000 | \"$linecast\" chat $server --name a")) {
      Command.expectEnd(ann, 0);
      assertThat(other.hear(1000)).startsWith("a: 1").endsWith("a: 1000");
    }
  }

  @Test
  void shouldSayThatALineWasTooLongToBeRead() {
    String script =
        "{ head -c 1100000 /dev/zero | tr '\\0' x; echo; echo last; }"
            + " | \"$linecast\" chat $server --name a";
    try (LineClient other = server.connect();
        Program ann = Command.script(server, script)) {
      Command.expectEnd(ann, Command.NOT_ACKNOWLEDGED);
      assertThat(ann.output()).contains("a line of 1100000 bytes is too long and was not said");
      assertThat(other.hear()).isEqualTo("a: last");
    }
  }

  @Test
  void shouldEndQuietlyWhenNobodyReadsWhatOthersSay() {
    String script = "set -o pipefail; \"$linecast\" chat $server --name a | head -1";
    try (LineClient other = server.connect();
        Program pipe = Command.script(server, script)) {
      await()
          .atMost(Command.PATIENCE)
          .until(
              () -> {
                other.send("bob: hello");
                return !pipe.isRunning();
              });
      Command.expectEnd(pipe, 0);
      assertThat(pipe.output()).isEqualTo("bob: hello\n");
    }
  }

  @Test
  void shouldSayWhichLineWasPerhapsSaid() {
    try (ScriptedServer scripted = ScriptedServer.start();
        Program ann = Command.start("chat", scripted.address(), "--name", "ann")) {
      ScriptedServer.Peer first = scripted.accept().welcomeTo("e1");
      ann.type("hi\n");
      first.expect("SEND 1 ann: hi").say("BYE overload \u001b]0;owned\u0007").cut();
      scripted.accept().welcomeTo("e2");
      Command.awaitWords(ann, "perhaps said: ann: hi (unknown");
      assertThat(ann.output()).contains("␛]0;owned").doesNotContain("not said", "\u001b");
    }
  }

  private Terminal chat(String name) {
    return terminal(command(name));
  }

  private String command(String name) {
    return "'%s' chat %s --name %s"
        .formatted(ServerLauncher.launcher(), Command.address(server), name);
  }

  private static Terminal terminal(String command) {
    assumeTrue(Terminal.isInstalled(), "there is no tmux here");
    return Terminal.start(command);
  }
}
