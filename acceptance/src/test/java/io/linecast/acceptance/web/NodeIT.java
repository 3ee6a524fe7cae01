package io.linecast.acceptance.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.linecast.acceptance.CuttingProxy;
import io.linecast.acceptance.LineClient;
import io.linecast.acceptance.Program;
import io.linecast.acceptance.ServerUnderTest;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Clients that others have written for Node: its own WebSocket, ws, and eventsource. */
class NodeIT extends OnWebServer {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int LINES = 1_000;
  private static final int CUTS = 4;
  private static final int CUT_BYTES_MAX = 8_000; // all cuts come before the last line can pass

  @ParameterizedTest
  @EnumSource
  void shouldSendAndHearPlainLines(NodeScript.Library library) {
    LineClient alice = joinPlain();
    Program node = keep(NodeScript.socket(library, server.web("/ws")));
    awaitWords(node, "open \n");
    node.type("from node: gr\u00fcn\n\nthird\n");
    assertThat(alice.hear(3)).containsExactly("from node: gr\u00fcn", "", "third");
    alice.send("from alice: \u20ac", "");
    alice.sendBytes(new byte[] {(byte) 0xff, '\n'});

    awaitWords(node, "text from alice: \u20ac\ntext \nbinary ff\n");
    node.endInput();
    awaitWords(node, "closed 1000");
  }

  @ParameterizedTest
  @EnumSource
  void shouldSendAndHearAcknowledgedLines(NodeScript.Library library) {
    LineClient alice = joinPlain();
    URI url = server.web("/ws?ack=written&publisher=node-" + library);
    Program node = keep(NodeScript.socket(library, url, "linecast.v1"));
    awaitWords(node, "open linecast.v1\ntext LINECAST/1 websocket ok ");
    node.type("SEND 1 from node\n");
    assertThat(alice.hear()).isEqualTo("from node");
    awaitWords(node, "text SENT 1 ");
    alice.send("from alice");

    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertThat(node.stdoutText()).containsPattern("text LINE \\d+ from alice\n"));
    node.type("QUIT\n");
    awaitWords(node, "closed 1000");
  }

  @Test
  void shouldHearEachLineOnceAsAnEventOverConnectionsThatAreCut() {
    long first = posts().accepted("/lines", "before\n").last() + 1;
    URI web = server.web("/");
    InetSocketAddress address = new InetSocketAddress(web.getHost(), web.getPort());
    CuttingProxy proxy = keep(CuttingProxy.start(address, 1, CUTS, CUT_BYTES_MAX));
    URI url = URI.create("http://127.0.0.1:" + proxy.port() + "/lines?from=" + first);
    Program node = keep(NodeScript.events(url, LINES));
    LineClient sender = keep(server.connect());
    for (int i = 0; i < LINES; i++) {
      sender.send("line " + i);
    }
    assertThat(node.exitCode(PATIENCE)).isZero();

    List<String> heard = node.stdoutText().lines().toList();
    for (int i = 0; i < heard.size(); i++) {
      assertThat(heard.get(i)).endsWith("-" + (first + i) + " line " + i);
    }
    assertThat(heard).hasSize(LINES);
    assertThat(proxy.cutsMade()).isEqualTo(CUTS);
  }

  @Test
  void shouldHearOfANewNumberingFromAServerThatWasStartedAnew() {
    String port = "" + ServerUnderTest.freePort();
    Program node;
    try (ServerUnderTest before = ServerUnderTest.start("--web-port", port)) {
      node = keep(NodeScript.events(before.web("/lines?from=1"), 2));
      new Posts(before).accepted("/lines", "one\n");
      awaitWords(node, "-1 one\n");
      assertThat(before.stop()).isZero();
    }
    try (ServerUnderTest after = ServerUnderTest.start("--web-port", port)) {
      new Posts(after).accepted("/lines", "anew\n");
      assertThat(node.exitCode(PATIENCE)).isZero();
    }
    assertThat(node.stdoutText())
        .matches(
            "\\w+-1 one\ngap \\{\"first\":2,\"last\":null,\"reason\":\"epoch\"}\n\\w+-1 anew\n");
  }

  private static void awaitWords(Program node, String words) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(node.stdoutText()).as(node.output()).contains(words));
  }
}
