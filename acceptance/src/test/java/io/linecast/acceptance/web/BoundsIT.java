package io.linecast.acceptance.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.linecast.acceptance.LineClient;
import io.linecast.acceptance.ServerUnderTest;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** HTTP as the standard has it, and how much of it is taken. */
class BoundsIT extends OnWebServer {

  private static final String LIVE = "GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n";

  @Test
  void shouldAnswerOneRequestAfterTheOther() {
    RawHttp client = connect();
    for (int i = 0; i < 3; i++) {
      assertThat(client.send(LIVE).readResponse()).startsWith("HTTP/1.1 200 OK").endsWith("ok\n");
    }
  }

  @Test
  void shouldAnswerRequestsThatComeTogetherInTheirOrder() {
    String post = "POST /lines HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\nx\n";
    RawHttp client = connect();
    client.send((LIVE + post).repeat(200));

    for (int i = 0; i < 200; i++) {
      assertThat(client.readResponse()).endsWith("ok\n");
      assertThat(client.readResponse()).contains("{\"first\":");
    }
  }

  @Test
  void shouldAnswerWhoeverEndsItsSending() {
    RawHttp client = connect().send(LIVE + LIVE).halfClose();

    assertThat(client.readResponse()).endsWith("ok\n");
    assertThat(client.readResponse()).endsWith("ok\n");
    assertThat(client.readToEnd()).isEmpty();
  }

  @Test
  void shouldCloseBehindTheLastAnswerOfWhoeverAsksForThat() {
    RawHttp client = connect().request("GET /health/live", "Connection: close");

    assertThat(client.readToEnd()).contains("\r\nconnection: close\r\n").endsWith("ok\n");
  }

  @Test
  void shouldAnswerAnOldClient() {
    String response = connect().send("GET /health/live HTTP/1.0\r\n\r\n").readToEnd();

    assertThat(response).startsWith("HTTP/1.1 200 OK").endsWith("ok\n");
  }

  @Test
  void shouldAnswerTheWholeAddressOfAProxysClient() {
    String response =
        connect()
            .send("GET http://localhost/health/live HTTP/1.1\r\nHost: localhost\r\n\r\n")
            .readResponse();

    assertThat(response).endsWith("ok\n");
  }

  @Test
  void shouldGiveTheHeadAlone() {
    RawHttp client = connect().request("HEAD /health/live");

    assertThat(client.readHead()).contains("\r\ncontent-length: 3\r\n");
    assertThat(client.send(LIVE).readResponse()).startsWith("HTTP/1.1 200 OK");
    assertThat(client.request("HEAD /lines").readHead()).contains("text/plain");
    assertThat(client.send(LIVE).readResponse()).startsWith("HTTP/1.1 200 OK");
  }

  @Test
  void shouldTakeABodyInChunks() {
    LineClient alice = joinPlain();
    connect()
        .send("POST /lines HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n")
        .send("2\r\non\r\n5\r\ne\ntwo\r\n0\r\n\r\n")
        .readResponse();

    assertThat(alice.hear(2)).containsExactly("one", "two");
  }

  @Test
  void shouldTellWhoeverWaitsWithItsBodyToGoOn() {
    LineClient alice = joinPlain();
    RawHttp client = connect();
    client.send("POST /lines HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\n");
    client.send("Content-Length: 4\r\n\r\n");
    assertThat(client.readHead()).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
    client.send("one\n");

    assertThat(client.readResponse()).startsWith("HTTP/1.1 200 OK");
    assertThat(alice.hear()).isEqualTo("one");
  }

  @Test
  void shouldIgnoreWhatAnOldClientExpects() {
    RawHttp client = connect();
    client.send("POST /lines HTTP/1.0\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\nx\n");

    assertThat(client.readToEnd()).startsWith("HTTP/1.1 200 ");
  }

  @ParameterizedTest
  @CsvSource({"/nothing, 4, 404", "/lines, 2000000, 413"})
  void shouldTellWhoeverWaitsWithItsBodyThatItIsNotWanted(String path, int length, int status) {
    RawHttp client = connect();
    client.send("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\n");
    client.send("Content-Length: " + length + "\r\n\r\n");

    assertThat(client.readToEnd())
        .startsWith("HTTP/1.1 " + status + " ")
        .contains("\r\nconnection: close\r\n");
  }

  @Test
  void shouldRefuseABodyThatIsTooLargeBeforeItComes() {
    RawHttp client = connect();
    client.send("POST /lines HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1048577\r\n\r\nx");

    assertThat(client.readToEnd()).startsWith("HTTP/1.1 413 ").contains("--max-body");
  }

  @Test
  void shouldRefuseABodyInChunksThatIsTooLarge() {
    RawHttp client = connect();
    client.send("POST /lines HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n");
    for (int i = 0; i < 17; i++) {
      client.trySend("10000\r\n" + "x".repeat(0x10000) + "\r\n");
    }

    assertThat(client.readToEnd()).startsWith("HTTP/1.1 413 ");
  }

  @Test
  void shouldRefuseAFirstLineThatIsTooLong() {
    assertThat(connect().request("GET /" + "x".repeat(8 << 10)).readToEnd())
        .startsWith("HTTP/1.1 414 ");
  }

  @Test
  void shouldRefuseHeadersThatAreTooLong() {
    assertThat(connect().request("GET /", "X: " + "x".repeat(16 << 10)).readToEnd())
        .startsWith("HTTP/1.1 431 ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hello\r\n\r\n",
        "GET /health/live\r\n\r\n",
        "GET /health/live HTTP/x\r\n\r\n",
        "POST /lines HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n",
        "POST /lines HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
        "POST /lines HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nx\r\n",
      })
  void shouldRefuseWhatIsNoHttp(String request) {
    assertThat(connect().send(request).readToEnd()).startsWith("HTTP/1.1 400 ");
  }

  @Test
  void shouldRefuseATransferCodingBesideChunks() {
    RawHttp client = connect();
    client.send("POST /lines HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: gzip, chunked\r\n");

    assertThat(client.send("\r\n2\r\nx\n\r\n0\r\n\r\n").readResponse()).startsWith("HTTP/1.1 501 ");
  }

  @Test
  void shouldRefuseAnotherHttp() {
    assertThat(connect().send("PRI * HTTP/2.0\r\n\r\n").readToEnd()).startsWith("HTTP/1.1 505 ");
  }

  @Test
  void shouldSayWhatAPathTakes() {
    assertThat(connect().request("DELETE /lines").readResponse())
        .startsWith("HTTP/1.1 405 ")
        .contains("\r\nallow: GET, HEAD, POST\r\n");
  }

  @Test
  void shouldGiveUpWhoeverTakesTooLong() {
    String length = "POST /lines HTTP/1.1\r\nHost: localhost\r\nContent-Length: ";
    try (ServerUnderTest quick = ServerUnderTest.start("--web-port", "0", "--request-time", "5s");
        RawHttp silent = RawHttp.connect(quick);
        RawHttp halfAHead = RawHttp.connect(quick).send("GET / HTTP/1.1\r\nHost: ");
        RawHttp halfABody = RawHttp.connect(quick).send(length + "9\r\n\r\nhalf");
        RawHttp idle = RawHttp.connect(quick)) {
      assertThat(idle.send(LIVE).readResponse()).endsWith("ok\n");

      assertThat(silent.readToEnd()).isEmpty();
      assertThat(halfAHead.readToEnd()).startsWith("HTTP/1.1 408 ");
      assertThat(halfABody.readToEnd()).startsWith("HTTP/1.1 408 ");
      assertThat(idle.readToEnd()).isEmpty();
    }
  }

  @Test
  void shouldTakeSoManyRequestsOnAConnection() {
    try (ServerUnderTest few = ServerUnderTest.start("--web-port", "0", "--max-requests", "2");
        RawHttp client = RawHttp.connect(few)) {
      client.send(LIVE.repeat(3));
      assertThat(client.readResponse()).doesNotContain("connection: close");
      assertThat(client.readResponse()).contains("\r\nconnection: close\r\n");
      assertThat(client.readToEnd()).isEmpty();
    }
  }

  @Test
  void shouldCountAmongTheConnectionsThereMayBe() {
    try (ServerUnderTest few = ServerUnderTest.start("--web-port", "0", "--max-connections", "1");
        RawHttp first = RawHttp.connect(few)) {
      assertThat(first.send(LIVE).readResponse()).endsWith("ok\n");
      try (RawHttp second = RawHttp.connect(few)) {
        assertThat(second.readToEnd()).isEmpty();
      }
      assertThat(first.send(LIVE).readResponse()).endsWith("ok\n");
    }
  }

  @Test
  void shouldEndInOrderWhileConnectionsAreOpen() {
    try (ServerUnderTest stopping = ServerUnderTest.start("--web-port", "0", "--drain", "60s");
        RawHttp silent = RawHttp.connect(stopping);
        RawHttp idle = RawHttp.connect(stopping)) {
      idle.send(LIVE).readResponse();
      stopping.program().signal("TERM");

      assertThat(stopping.program().exitCode(Duration.ofSeconds(20))).isZero();
      assertThat(silent.readToEnd()).isEmpty();
      assertThat(idle.readToEnd()).isEmpty();
    }
  }

  @Test
  void shouldTellWhoeverWaitsThatTheServerDoesNot() {
    try (ServerUnderTest stopping = ServerUnderTest.start("--web-port", "0", "--drain", "1s");
        MessageClient never = MessageClient.acknowledged(stopping, "/ws")) {
      var answer = new Posts(stopping).begin("/lines?ack=done", "x\n");
      assertThat(never.hear()).isEqualTo("LINE 1 x");
      stopping.program().signal("TERM");

      assertThat(stopping.program().exitCode(Duration.ofSeconds(10))).isZero();
      assertThat(answer.join().statusCode()).isIn(200, 503);
    }
  }

  @Test
  void shouldNotListenWhereItIsTurnedOff() {
    try (ServerUnderTest off = ServerUnderTest.start("--web-port", "off")) {
      assertThat(off.stop()).isZero();
      assertThat(off.output()).doesNotContain("web:").contains("listening on");
    }
  }
}
