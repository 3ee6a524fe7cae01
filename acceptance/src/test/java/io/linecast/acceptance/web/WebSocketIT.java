package io.linecast.acceptance.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.linecast.acceptance.LineClient;
import io.linecast.acceptance.ServerUnderTest;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** WebSockets of plain lines. */
class WebSocketIT extends OnWebServer {

  static final String HANDSHAKE =
      String.join(
          "\r\n",
          "GET /ws HTTP/1.1",
          "Host: localhost",
          "Upgrade: websocket",
          "Connection: Upgrade",
          "Sec-WebSocket-Version: 13",
          "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
          "",
          "");

  @Test
  void shouldHearEachLineAsAMessage() {
    MessageClient browser = webSocket("/ws");
    posts().accepted("/lines", "one\n\ngr\u00c3\u00bcn\n\u00ff\0\r\n");

    assertThat(browser.hear(4)).containsExactly("one", "", "gr\u00fcn", "binary: \u00ff\0\r");
    assertThat(browser.subprotocol()).isEmpty();
  }

  @Test
  void shouldPublishEachMessageAsALine() {
    LineClient alice = joinPlain();
    MessageClient browser = webSocket("/ws");
    browser.send("one", "", "gr\u00fcn");
    browser.sendBinary("\u00ff\0\r");
    browser.sendPart("fo", false);
    browser.sendPart("ur", true);

    assertThat(alice.hear(3)).containsExactly("one", "", "gr\u00fcn");
    assertThat(alice.hearBytes()).containsExactly(0xff, 0, '\r');
    assertThat(alice.hear()).isEqualTo("four");
  }

  @Test
  void shouldTakeALineFeedInAMessageForTheEndOfALine() {
    LineClient alice = joinPlain();
    webSocket("/ws").send("one\n", "two\nthree");

    assertThat(alice.hear(3)).containsExactly("one", "two", "three");
  }

  @Test
  void shouldHearEverybodysLinesButItsOwn() {
    MessageClient one = webSocket("/ws");
    MessageClient other = webSocket("/ws");
    one.send("from one");
    assertThat(other.hear()).isEqualTo("from one");
    other.send("from other");
    assertThat(one.hear()).isEqualTo("from other");
    posts().accepted("/lines", "end\n");

    assertThat(one.hear()).isEqualTo("end");
    assertThat(other.hear()).isEqualTo("end");
  }

  @Test
  void shouldBeginWhereItIsAsked() {
    long first = posts().accepted("/lines", "one\ntwo\n").first();
    MessageClient browser = webSocket("/ws?from=" + first);
    posts().accepted("/lines", "three\n");

    assertThat(browser.hear(3)).containsExactly("one", "two", "three");
  }

  @Test
  void shouldBeInTheChannelOfThePath() {
    MessageClient main = webSocket("/ws");
    MessageClient ships = webSocket("/channels/ships/ws");
    webSocket("/channels/ships/ws").send("ahoy");
    webSocket("/channels/main/ws").send("hello");

    assertThat(ships.hear()).isEqualTo("ahoy");
    assertThat(main.hear()).isEqualTo("hello");
  }

  @Test
  void shouldTakeMessagesOfAnyLengthThatALineMayHave() {
    MessageClient alice = webSocket("/ws");
    MessageClient bob = webSocket("/ws");
    int[] lengths = {125, 126, 127, 4_000, 65_534, 65_535};
    for (int length : lengths) {
      bob.send("x".repeat(length));
    }

    assertThat(alice.hear(lengths.length))
        .containsExactlyElementsOf(IntStream.of(lengths).mapToObj("x"::repeat).toList());
  }

  @Test
  void shouldDiscardAMessageThatIsTooLongForALine() {
    LineClient alice = joinPlain();
    webSocket("/ws").send("x".repeat(1 << 20), "next");

    assertThat(alice.hear()).isEqualTo("next");
  }

  @Test
  void shouldAnswerAPing() {
    MessageClient browser = webSocket("/ws");
    browser.ping("are you there");

    assertThat(browser.hear()).isEqualTo("pong are you there");
  }

  @Test
  void shouldBeSentAllThatWasAcceptedBeforeTheGoodBye() {
    MessageClient browser = webSocket("/ws");
    posts().accepted("/lines", "one\n");
    browser.sendClose();

    assertThat(browser.hear(2)).containsExactly("one", "closed 1000");
  }

  @Test
  void shouldNotRelayHalfAMessage() {
    LineClient alice = joinPlain();
    MessageClient browser = webSocket("/ws");
    browser.send("whole");
    browser.sendPart("half", false);
    browser.close();
    assertThat(alice.hear()).isEqualTo("whole");
    posts().accepted("/lines", "end\n");

    assertThat(alice.hear()).isEqualTo("end");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Upgrade", "keep-alive, Upgrade", "keep-alive,upgrade"})
  void shouldShakeHandsAsTheStandardSays(String connection) {
    String handshake = HANDSHAKE.replace("Connection: Upgrade", "Connection: " + connection);
    assertThat(connect().send(handshake).readHead())
        .startsWith("HTTP/1.1 101 Switching Protocols\r\n")
        .contains("\r\nupgrade: websocket\r\n")
        .contains("\r\nconnection: upgrade\r\n")
        .contains("\r\nsec-websocket-accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n")
        .doesNotContain("sec-websocket-protocol");
  }

  @ParameterizedTest
  @CsvSource({
    "a client masks its frames, 81016161, 03ea",
    "reserved bits are set, f1816161616161, 03ea",
    "there is no such opcode, 83816161616161, 03ea",
    "a text is not UTF-8, 81810000000080, 03ef",
    "no message has begun, 80816161616161, 03ea",
  })
  void shouldSayGoodByeToWhatIsNoWebSocket(String what, String frame, String code) {
    RawHttp browser = connect().send(HANDSHAKE);
    browser.readHead();
    browser.send(chars(frame));
    String close = browser.readToEnd();

    assertThat(close).isEqualTo(chars("88" + "%02x".formatted(2 + what.length()) + code) + what);
  }

  @ParameterizedTest
  @CsvSource({
    "Sec-WebSocket-Version: 13, Sec-WebSocket-Version: 8, 426",
    "Upgrade: websocket, Upgrade: h2c, 426",
    "Connection: Upgrade, Connection: close, 426",
    "dGhlIHNhbXBsZSBub25jZQ==, dGhl, 400",
  })
  void shouldRefuseWhatIsNoHandshake(String right, String wrong, int status) {
    String response = connect().send(HANDSHAKE.replace(right, wrong)).readResponse();

    assertThat(response).startsWith("HTTP/1.1 " + status + " ");
  }

  static String chars(String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex);
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  @Test
  void shouldBeSentEverythingAndToldWhyWhenTheServerStops() {
    try (ServerUnderTest stopping = ServerUnderTest.start("--web-port", "0");
        MessageClient browser = MessageClient.plain(stopping, "/ws")) {
      new Posts(stopping).accepted("/lines", "one\n");

      assertThat(stopping.stop()).isZero();
      assertThat(browser.hear(2)).containsExactly("one", "closed 1001");
    }
  }

  @Test
  void shouldBeAskedWhetherItIsThereAndGivenUpOtherwise() {
    try (ServerUnderTest quick = ServerUnderTest.start("--web-port", "0", "--heartbeat", "1500ms");
        MessageClient healthy = MessageClient.plain(quick, "/ws");
        RawHttp silent = RawHttp.connect(quick).send(HANDSHAKE)) {
      silent.readHead();
      String said = silent.readToEnd();

      assertThat(said).startsWith(chars("89080000000000000001"));
      assertThat(said).endsWith(chars("03f0") + "PINGs were not answered");
      new Posts(quick).accepted("/lines", "still there\n");
      assertThat(healthy.hear()).isEqualTo("still there");
    }
  }

  @Test
  void shouldGatherNoPongsThatNobodyReads() {
    try (ServerUnderTest strict = ServerUnderTest.start("--web-port", "0", "--max-answers", "4k");
        RawHttp rude = RawHttp.connect(strict, 8 << 10)) {
      rude.send(HANDSHAKE);
      rude.readHead();
      int pings = 100_000;
      String ping = chars("89fd00000000") + "p".repeat(125);
      for (int i = 0; i < pings; i += 100) {
        rude.send(ping.repeat(100));
      }
      rude.send(chars("888000000000"));
      String pongs = rude.readToEnd();

      assertThat(pongs).startsWith(chars("8a7d") + "p").contains(chars("03e8"));
      assertThat(pongs.length()).isLessThan(pings * 127 / 2);
    }
  }

  @Test
  void shouldDisconnectWhoeverIsTooSlow() {
    try (ServerUnderTest small = ServerUnderTest.start("--web-port", "0", "--window", "1m");
        RawHttp slow = RawHttp.connect(small, 8 << 10);
        MessageClient quick = MessageClient.plain(small, "/ws")) {
      slow.send(HANDSHAKE);
      slow.readHead();
      String line = "x".repeat(60_000) + "\n";
      for (int i = 0; i < 100; i++) {
        new Posts(small).accepted("/lines", line);
        assertThat(quick.hear()).hasSize(60_000);
      }

      assertThat(slow.readToEnd().length()).isLessThan(100 * 60_000);
      assertThat(small.stop()).isZero();
      assertThat(small.output()).contains("1 too slow: a whole window behind");
    }
  }
}
