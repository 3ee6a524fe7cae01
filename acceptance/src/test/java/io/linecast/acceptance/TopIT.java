package io.linecast.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.linecast.client.ScriptedServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code linecast top}, in a terminal and without one. */
@BlackBox
class TopIT {
  private static final int USAGE = 2;
  private static final String CLIENTS =
      "\"slowest\":[{\"address\":\"192.0.2.1:41\",\"lagBytes\":2048,\"lagLines\":1},"
          + "{\"address\":\"192.0.2.2:42\",\"lagBytes\":1024,\"lagLines\":2}]";

  private StatusServer server;

  @BeforeEach
  void start() {
    server = StatusServer.start(status("1.0"));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void shouldWriteOnePageWithoutATerminal() {
    try (Program top = Command.start("top", server.url())) {
      Command.expectEnd(top, 0);
      assertThat(top.output().lines())
          .contains("connections 3: plain 3", "none was closed")
          .anyMatch(line -> line.startsWith("linecast 1.0  up - "))
          .anyMatch(line -> line.matches("main +7 .*"))
          .anyMatch(line -> line.matches("192\\.0\\.2\\.1:41 .* 2 KiB .*"));
      assertThat(top.output()).doesNotContain("\u001b");
    }
  }

  @Test
  void shouldWriteTheJsonAsItCame() {
    String json = "{\"channels\": [ ],\r\n \"ü\":1e3}";
    server.say(json);
    try (Program top = Command.start("top", server.url(), "--once", "--json")) {
      Command.expectEnd(top, 0);
      assertThat(top.output()).isEqualTo(json + "\n");
    }
  }

  @Test
  void shouldEndQuietlyWhenNobodyReadsIt() {
    String script = "set -o pipefail; \"$1\" top \"$2\" | true";
    try (Program top = Program.shell(script, ServerLauncher.launcher(), server.url())) {
      Command.expectEnd(top, 0);
      assertThat(top.output()).isEmpty();
    }
  }

  @Test
  void shouldSayWhatItCannotShow() {
    expectFailure(USAGE, "127.0.0.1:8234", "'127.0.0.1:8234' is no URL of a server's page");
    expectFailure(Command.REFUSED, server.url() + "/lines", "it answers 404");
    server.say("<html>hello</html>");
    expectFailure(Command.REFUSED, server.url(), "it sends no status");
    server.close();
    expectFailure(Command.NO_CONNECTION, server.url(), "cannot connect to " + server.url());
  }

  @Test
  void shouldSayThatItIsPerhapsNotTheWebPort() {
    try (ScriptedServer lines = ScriptedServer.start()) {
      expectFailure(
          Command.NO_CONNECTION, "http://" + lines.address(), "no answer within 5000 ms; is it");
    }
  }

  @Test
  void shouldShowEachStatusAsItComes() {
    try (Terminal top = terminal(command())) {
      top.expect("linecast 1.0");
      top.expect("192.0.2.1:41");
      assertThat(top.colours()).contains("\u001b[");
      server.say(status("1.1"));
      top.expect("linecast 1.1");
      top.press("p");
      top.expect("PAUSED");
      server.say(status("1.2"));
      top.press("s");
      top.expect("s sort (by lines behind)");
      assertThat(top.screen()).contains("linecast 1.1").containsSubsequence(".2:42", ".1:41");
      top.press("p");
      top.expect("linecast 1.2");
      top.press("?");
      top.expect("sort the slowest clients by something else");
      top.press("?");
      top.expect("192.0.2.1:41");
      top.press("q");
      top.expect("ended with 0");
    }
  }

  @Test
  void shouldFollowTheTerminalsSize() {
    try (Terminal top = terminal(command())) {
      top.expect("MAX LATENCY");
      top.resize(40, 8);
      await().until(() -> !top.screen().contains("MAX LATENCY"));
      awaitFooter(8, top);
      top.resize(120, 30);
      top.expect("MAX LATENCY");
      awaitFooter(30, top);
    }
  }

  /** The screen may be seen when a part of it is drawn anew. */
  private static void awaitFooter(int lines, Terminal top) {
    await()
        .untilAsserted(
            () ->
                assertThat(top.screen().lines())
                    .hasSize(lines)
                    .last()
                    .asString()
                    .startsWith("q leave"));
  }

  @Test
  void shouldGoOnWhenTheServerIsBack() {
    try (Terminal top = terminal(command())) {
      top.expect("192.0.2.1:41");
      int port = server.port();
      server.close();
      top.expect("NO CONNECTION for ");
      top.expect("192.0.2.1:41");
      server = StatusServer.start(port, status("2.0"));
      top.expect("linecast 2.0");
      assertThat(top.screen()).doesNotContain("NO CONNECTION");
      top.press("C-c");
      top.expect("ended with 0");
    }
  }

  @Test
  void shouldLeaveTheTerminalAsItWas(@TempDir Path folder) throws IOException {
    Path pid = folder.resolve("pid");
    String inner = "echo $$ > %s; exec %s".formatted(pid, command().replace("'", ""));
    String script =
        "echo before; modes=$(stty -g); bash -c '"
            + inner
            + "'; end=$?; [[ $modes == $(stty -g) ]] && echo same modes; (exit $end)";
    try (Terminal top = terminal(script)) {
      top.expect("192.0.2.1:41");
      assertThat(top.screen()).doesNotContain("before");
      ProcessHandle.of(Long.parseLong(Files.readString(pid).strip())).orElseThrow().destroy();
      top.expect("ended with " + Command.TERMINATED);
      assertThat(top.screen()).contains("before", "same modes").doesNotContain("192.0.2.1");
    }
  }

  @Test
  void shouldNotLetAServerPlayWithTheTerminal() {
    server.say("{\"version\":\"\\u001b[2J\\u0007\\u009b31m更\",\"channels\":[]}");
    try (Terminal top = terminal(command())) {
      top.expect("none was closed");
      assertThat(top.screen()).contains("linecast ␛[2J␇\uFFFD31m更  up");
    }
  }

  @Test
  void shouldDoWithoutColoursWhereTheyAreNotWanted() {
    try (Terminal top = terminal("NO_COLOR=1 " + command())) {
      top.expect("192.0.2.1:41");
      assertThat(top.colours()).doesNotContainPattern("\u001b\\[[0-9;]*(1|3[0-7]|9[0-7])m");
    }
  }

  @Test
  void shouldWriteOnePageToATerminalThatCannotDoMore() {
    try (Terminal top = terminal("TERM=dumb " + command())) {
      top.expect("ended with 0");
      assertThat(top.screen()).contains("none was closed");
    }
  }

  private static void expectFailure(int exitCode, String url, String words) {
    try (Program top = Command.start("top", url)) {
      Command.expectEnd(top, exitCode);
      assertThat(top.output()).contains(words).doesNotContain("Exception", "\tat ");
      assertThat(top.stdoutText()).isEmpty();
    }
  }

  private static String status(String version) {
    return "{\"version\":\"%s\",\"connections\":{\"plain\":3},%s,\"channels\":[%s]}"
        .formatted(version, CLIENTS, "{\"name\":\"main\",\"linesPerSecond\":7}");
  }

  private String command() {
    return "'%s' top %s".formatted(ServerLauncher.launcher(), server.url());
  }

  private static Terminal terminal(String command) {
    assumeTrue(Terminal.isInstalled(), "there is no tmux here");
    return Terminal.start(command);
  }
}
