package io.linecast.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.linecast.client.ScriptedServer;
import io.linecast.client.ScriptedServer.Peer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code linecast send}, and what goes wrong: its exit code says so, and soon. */
@BlackBox
class SendFaultsIT {
  private final ScriptedServer server = ScriptedServer.start();

  @TempDir private Path folder;

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void shouldSendNothingUnderAPublishersNameBehindALineOfWhichNobodyKnows() {
    try (Program send = send("--publisher", "log")) {
      send.type("a\nb\n");
      Peer first = server.accept().welcomeTo("e1").expect("SEND 1 a", "SEND 2 b");
      first.say("SENT 1 1 0").cut();
      Command.awaitWords(send, "; trying again");
      send.type("c\n");
      Peer second = server.accept().welcomeTo("e2");
      assertThat(second.line())
          .as("what the server that was started anew is sent")
          .contains("(end)");
      Command.expectEnd(send, Command.NOT_ACKNOWLEDGED);
      assertThat(send.output())
          .contains("standard input, line 2: not acknowledged: unknown")
          .contains("no line behind those that failed is sent")
          .contains("1 line acknowledged");
    }
    try (Program again = send("--publisher", "log")) {
      again.type("a\n");
      server.accept().welcomeTo("e2").expect("SEND 1 a");
    }
  }

  @Test
  void shouldGoOnBehindALineOfWhichNobodyKnowsWithoutAPublishersName() {
    try (Program send = send()) {
      send.type("a\nb\n");
      Peer first = server.accept().welcomeTo("e1").expect("SEND 1 a", "SEND 2 b");
      first.say("SENT 1 900 0").cut();
      Command.awaitWords(send, "; trying again");
      send.type("c\n");
      send.endInput();
      Peer second = server.accept().welcomeTo("e2").expect("SEND 3 c");
      second.say("SENT 3 12 0").expect("QUIT").say("BYE quit").cut();
      Command.expectEnd(send, Command.NOT_ACKNOWLEDGED);
      assertThat(send.output())
          .contains("2 lines acknowledged", "1 line NOT acknowledged")
          .doesNotContain("900 to 12");
    }
  }

  @Test
  void shouldEndWhenItsClientHasEndedAndNotOnlyWithTheNextLine() {
    try (Program send = send("--publisher", "log")) {
      send.type("a\n");
      Peer peer = server.accept().welcomeTo("e1").expect("SEND 1 a");
      peer.say("BYE auth \u001b]0;owned\u0007\u001b[2J");
      Command.expectEnd(send, Command.NOT_ADMITTED);
      assertThat(send.output())
          .contains("line 1: not acknowledged: unknown", "auth", "␛]0;owned")
          .doesNotContain("\u001b", "no line behind");
    }
  }

  @Test
  void shouldWaitForAnswersWhenAFileCannotBeReadToItsEnd() throws IOException {
    Path unreadable = Path.of("/proc/self/mem");
    assumeTrue(
        Files.isReadable(unreadable), "there is no file here that fails only when it is read");
    Path good = Files.writeString(folder.resolve("good"), "a\n");
    try (Program send = send(good.toString(), unreadable.toString())) {
      Peer peer = server.accept().welcomeTo("e1").expect("SEND 1 a");
      peer.expectNothing(Duration.ofMillis(500));
      peer.say("SENT 1 1 0").expect("QUIT").say("BYE quit").cut();
      Command.expectEnd(send, Command.FILE);
      assertThat(send.output())
          .contains("cannot read /proc/self/mem", "1 line acknowledged")
          .doesNotContain("NOT acknowledged");
    }
  }

  @Test
  void shouldNoticeThatAPlainServerIsFull() {
    try (ServerUnderTest full = ServerUnderTest.start("--max-connections", "1");
        LineClient only = full.connect();
        Program send = Command.script(full, "echo lost | \"$linecast\" send $server --plain")) {
      Command.expectEnd(send, Command.NO_CONNECTION);
      assertThat(send.output()).contains("the connection is lost");
      only.send("still here");
    }
  }

  @Test
  void shouldNoticeThatAPlainServerHasEndedTheConnectionFirst() {
    try (Program send = send("--plain")) {
      send.type("a\n");
      server.accept().expect("a").cut();
      Command.expectEnd(send, Command.NO_CONNECTION);
      assertThat(send.output()).contains("the connection is lost (the server has ended it)");
    }
  }

  @Test
  void shouldSendToAPlainServerThatEndsWhenItHasReadAll() {
    try (Program send = send("--plain")) {
      send.type("a\nb");
      Peer peer = server.accept().expect("a");
      send.endInput();
      peer.expect("b", "(end)").cut();
      Command.expectEnd(send, 0);
      assertThat(send.output()).contains("2 lines sent");
    }
  }

  @Test
  void shouldEndWhenItIsToldToThoughAPlainServerReadsNothing() {
    String script = "exec \"$1\" send \"$2\" --plain < <(yes $(printf %01000d))";
    try (Program send = Program.shell(script, ServerLauncher.launcher(), server.address())) {
      server.accept().awaitFull();
      send.signal("TERM");
      Command.expectEnd(send, Command.TERMINATED);
    }
  }

  private Program send(String... words) {
    return Command.start("send", server.address(), words);
  }
}
