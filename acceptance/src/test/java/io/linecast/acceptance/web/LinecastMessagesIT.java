package io.linecast.acceptance.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.linecast.acceptance.LineClient;
import io.linecast.acceptance.ServerUnderTest;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** WebSockets of subprotocol {@code linecast.v1}: a message is a line of LINECAST/1. */
class LinecastMessagesIT extends OnWebServer {

  @Test
  void shouldBeAnsweredAsAHelloIs() {
    MessageClient client = keep(MessageClient.linecast(server, "/ws?nonce=by-hand-1"));

    assertThat(client.hear())
        .matches(
            "LINECAST/1 by-hand-1 ok channel=main next=\\d+ oldest=\\d+ journal=memory"
                + " epoch=[0-9a-f]+ max-line=65536 heartbeat=15");
    assertThat(client.subprotocol()).isEqualTo("linecast.v1");
  }

  @Test
  void shouldSendAndHearWithNumbers() {
    LineClient plain = joinPlain();
    MessageClient ann = linecast("/ws");
    MessageClient bob = linecast("/ws?ack=written");
    bob.send("SEND 7 hello", "SEND 8 gr\u00fcn");
    List<String> sent = bob.hear(2);
    List<String> lines = ann.hear(2);

    assertThat(sent.get(0)).matches("SENT 7 \\d+ \\d+");
    assertThat(sent.get(1)).matches("SENT 8 \\d+ \\d+");
    String[] first = sent.get(0).split(" ", 4);
    assertThat(lines.get(0)).isEqualTo("LINE " + first[2] + " hello");
    assertThat(lines.get(1)).endsWith(" gr\u00fcn").startsWith("LINE ");
    assertThat(plain.hear(2)).containsExactly("hello", "gr\u00fcn");
  }

  @Test
  void shouldHearALineThatIsNoTextAsABinaryMessage() {
    MessageClient ann = linecast("/ws");
    long line = posts().accepted("/lines", "\u00ff\n").first();

    assertThat(ann.hear()).isEqualTo("binary: LINE " + line + " \u00ff");
  }

  @Test
  void shouldGoOnWhereItWas() {
    long first = posts().accepted("/lines", "one\ntwo\n").first();
    MessageClient ann = linecast("/ws?from=" + (first + 1));
    posts().accepted("/lines", "three\n");

    assertThat(ann.hear(2))
        .containsExactly("LINE " + (first + 1) + " two", "LINE " + (first + 2) + " three");
  }

  @Test
  void shouldHearInAnotherChannel() {
    MessageClient path = linecast("/channels/ships/ws");
    MessageClient query = linecast("/ws?channel=ships");
    posts().accepted("/channels/ships/lines", "ahoy\n");

    assertThat(path.hear()).startsWith("LINE ").endsWith(" ahoy");
    assertThat(query.hear()).startsWith("LINE ").endsWith(" ahoy");
  }

  @Test
  void shouldTakeManyMessagesInARow() {
    MessageClient ann = linecast("/ws");
    MessageClient bob = linecast("/ws?listen=no&ack=written");
    int lines = 2_000;
    bob.send(
        IntStream.rangeClosed(1, lines)
            .mapToObj(n -> "SEND " + n + " x" + n)
            .toArray(String[]::new));
    List<String> sent = bob.hear(lines);
    List<String> heard = ann.hear(lines);

    for (int n = 1; n <= lines; n++) {
      assertThat(sent.get(n - 1)).startsWith("SENT " + n + " ");
      assertThat(heard.get(n - 1)).endsWith(" x" + n);
    }
  }

  @Test
  void shouldSayByeAndThenGoodBye() {
    MessageClient client = linecast("/ws?listen=no");
    client.send("SEND 1 x", "QUIT");

    assertThat(client.hear()).startsWith("SENT 1 ");
    assertThat(client.hear()).startsWith("BYE quit ");
    assertThat(client.hear()).isEqualTo("closed 1000");
  }

  @Test
  void shouldTakeAGoodByeForQuit() {
    MessageClient client = linecast("/ws?listen=no&ack=written");
    client.send("SEND 1 x");
    client.sendClose();

    assertThat(client.hear()).startsWith("SENT 1 ");
    assertThat(client.hear()).startsWith("BYE quit ");
    assertThat(client.hear()).isEqualTo("closed 1000");
  }

  @ParameterizedTest
  @CsvSource({
    "/ws?ack=never, websocket no bad-hello",
    "/ws?what=ever, websocket no bad-hello",
    "/ws?from=%20, websocket no bad-hello",
    "/ws?nonce=short, - no bad-hello",
    "/ws?channel=planes, websocket no channel",
    "/ws?from=900000000000, websocket no bad-number",
    "/ws?nonce=12345678&publisher=a%20ack%3Ddone, 12345678 no bad-hello",
  })
  void shouldSayWhatIsWrongWithItsHello(String path, String answer) {
    MessageClient client = keep(MessageClient.linecast(server, path));

    assertThat(client.hear()).startsWith("LINECAST/1 " + answer + " ");
    assertThat(client.hear()).isEqualTo("closed 1002");
  }

  @ParameterizedTest
  @CsvSource({"HELLO, bad-verb", "SEND x y, bad-number", "DONE 0, bad-number"})
  void shouldSayByeToWhoeverBreaksTheProtocol(String message, String code) {
    MessageClient client = linecast("/ws");
    client.send(message);

    assertThat(client.hear()).startsWith("BYE " + code + " ");
    assertThat(client.hear()).isEqualTo("closed 1002");
  }

  @Test
  void shouldRefuseALineThatIsTooLong() {
    MessageClient client = linecast("/ws?listen=no");
    client.send("SEND 1 " + "x".repeat(65_536), "SEND 2 x");

    assertThat(client.hear()).startsWith("FAIL 1 too-long ");
    assertThat(client.hear()).startsWith("SENT 2 ");
  }

  @Test
  void shouldBeRefusedByHttpWhereItsQueryIsNone() {
    RawHttp client = connect().send(RawHttp.handshake("/ws?x=%zz", "linecast.v1"));

    assertThat(client.readResponse()).startsWith("HTTP/1.1 400 ");
    assertThat(client.request("GET /health/live").readResponse()).startsWith("HTTP/1.1 200 ");
  }

  @Test
  void shouldBeToldThatAnotherConnectionIsThePublisherNow() {
    MessageClient older = linecast("/ws?listen=no&publisher=twice");
    linecast("/ws?listen=no&publisher=twice");

    assertThat(older.hear()).startsWith("BYE duplicate ");
    assertThat(older.hear()).isEqualTo("closed 1008");
  }

  @Test
  void shouldBeAPlainSocketWhereThereIsNoLinecast() {
    try (ServerUnderTest plain = ServerUnderTest.start("--web-port", "0", "--plain-only");
        RawHttp client = RawHttp.connect(plain)) {
      client.request(
          "GET /ws",
          "Upgrade: websocket",
          "Connection: Upgrade",
          "Sec-WebSocket-Version: 13",
          "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
          "Sec-WebSocket-Protocol: linecast.v1");

      assertThat(client.readHead()).contains(" 101 ").doesNotContain("linecast.v1");
    }
  }

  @Test
  void shouldHearPingsWithinTheProtocol() {
    try (ServerUnderTest quick = ServerUnderTest.start("--web-port", "0", "--heartbeat", "1500ms");
        MessageClient client = MessageClient.linecast(quick, "/ws")) {
      client.hear();
      assertThat(client.hear()).isEqualTo("PING 1");
      client.send("PONG 1");
      assertThat(client.hear()).startsWith("PING ");
    }
  }

  @Test
  void shouldBeToldWhyTheServerEnds() {
    try (ServerUnderTest stopping = ServerUnderTest.start("--web-port", "0");
        MessageClient client = MessageClient.acknowledged(stopping, "/ws")) {
      new Posts(stopping).accepted("/lines", "one\n");

      assertThat(stopping.stop()).isZero();
      assertThat(client.hear()).isEqualTo("LINE 1 one");
      assertThat(client.hear()).startsWith("BYE shutting-down ");
      assertThat(client.hear()).isEqualTo("closed 1001");
    }
  }
}
