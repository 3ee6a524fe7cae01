package io.linecast.acceptance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code linecast listen}. */
@BlackBox
class ListenIT {
  private ServerUnderTest server;
  private LineClient sender;

  @BeforeEach
  void start() {
    server = ServerUnderTest.start();
    sender = server.connect();
  }

  @AfterEach
  void stop() {
    sender.close();
    server.close();
  }

  @Test
  void shouldWriteBytesAsTheyAreAndAtOnce() {
    byte[] lines = "\n\0\r\n\u00ff\u00fe \u001b[0m\nlast\n".getBytes(ISO_8859_1);
    try (Program listen = Command.listen(server)) {
      sender.sendBytes(lines);
      await().until(() -> listen.stdout().length == lines.length);
      assertThat(listen.stdout()).isEqualTo(lines);
    }
  }

  @Test
  void shouldBeginWhereItIsToldAndEndAfterACount() {
    send("a", "b", "c", "d");
    try (Program some = start("--from", "2", "--count", "2", "--seq");
        Program last = start("--from", "-1", "--count", "1", "--time");
        Program objects = start("--from", "oldest", "--count", "1", "--json", "--quiet")) {
      Command.expectEnd(some, 0);
      assertThat(some.stdoutText()).isEqualTo("2 b\n3 c\n");
      assertThat(some.output()).contains("2 lines heard; to go on: --from 4 --epoch ");
      Command.expectEnd(last, 0);
      assertThat(last.stdoutText()).matches("\\d{4}-\\d\\d-\\d\\dT\\S+Z d\n");
      Command.expectEnd(objects, 0);
      assertThat(objects.output())
          .matches("\\{\"seq\":1,\"epoch\":\"\\w+\",\"time\":\"[^\"]+\",\"text\":\"a\"}\n");
    }
  }

  @Test
  void shouldEndQuietlyWhenItsReaderHasEnough() {
    String script = "set -o pipefail; \"$linecast\" listen $server --from oldest --quiet | head -3";
    send("1", "2", "3", "4");
    try (Program pipe = Command.script(server, script)) {
      await()
          .atMost(Command.PATIENCE)
          .until(
              () -> {
                sender.send("more");
                return !pipe.isRunning();
              });
      Command.expectEnd(pipe, 0);
      assertThat(pipe.output()).isEqualTo("1\n2\n3\n");
    }
  }

  @Test
  void shouldTellOfAGapAndGoOn() {
    send("a", "b");
    try (Program listen = start("--from", "7", "--epoch", "another", "--count", "2")) {
      Command.expectEnd(listen, 0);
      assertThat(listen.stdoutText()).isEqualTo("a\nb\n");
      assertThat(listen.output()).contains("GAP", "another", "from 7 on", "1 gap");
    }
  }

  @Test
  void shouldEndAtAGapWhenToldTo() {
    send("a", "b");
    try (Program listen = start("--from", "7", "--epoch", "another", "--fail-on-gap")) {
      Command.expectEnd(listen, Command.GAP);
      assertThat(listen.stdout()).isEmpty();
      assertThat(listen.output()).contains("GAP");
    }
  }

  @Test
  void shouldGoOnWhereItWasAfterALostConnection() {
    try (Program listen = Command.listen(server, "--count", "2")) {
      send("before");
      await().until(() -> listen.stdoutText().equals("before\n"));
      String port = Integer.toString(server.port());
      server.program().signal("KILL");
      server.program().exitCode(Command.PATIENCE);
      Command.awaitWords(listen, "; trying again");
      stop();
      server = ServerUnderTest.start("--port", port);
      sender = server.connect();
      Command.awaitWords(listen, "connected again");
      send("after");
      Command.expectEnd(listen, 0);
      assertThat(listen.stdoutText()).isEqualTo("before\nafter\n");
      assertThat(listen.output()).contains("GAP: the numbering", "has ended");
    }
  }

  @Test
  void shouldEndInAnOrderlyWayWhenItIsInterrupted() {
    Signals.assumeReaches("INT");
    try (Program listen = Command.listen(server);
        Program counting = Command.listen(server, "--count", "5")) {
      send("one");
      await()
          .until(
              () -> listen.stdoutText().equals("one\n") && counting.stdoutText().equals("one\n"));
      listen.signal("INT");
      Command.expectEnd(listen, 0);
      assertThat(listen.output()).contains("1 line heard; to go on: --from 2 --epoch ");
      counting.signal("INT");
      Command.expectEnd(counting, Command.INTERRUPTED);
    }
  }

  @Test
  void shouldHearPlainLinesOfAnyServer() {
    try (ServerUnderTest plain = ServerUnderTest.start("--plain-only", "--history", "1000");
        LineClient other = plain.connect()) {
      other.send("a", "b");
      Fence.gather(plain, other);
      try (Program some = Command.start("listen", plain, "--plain", "--count", "1");
          Program all = Command.start("listen", plain, "--plain");
          Program refused = Command.start("listen", plain)) {
        Command.expectEnd(some, 0);
        assertThat(some.output()).hasLineCount(1);
        await().until(() -> all.stdoutText().contains("a\nb\n"));
        Command.expectEnd(refused, Command.REFUSED);
        plain.stop();
        Command.expectEnd(all, Command.NO_CONNECTION);
        assertThat(all.output()).contains("the server has ended the connection");
      }
    }
  }

  private Program start(String... words) {
    return Command.start("listen", server, words);
  }

  private void send(String... lines) {
    sender.send(lines);
  }
}
