package io.linecast.acceptance.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Requests that come together, of clients that read late or have ended their sending. */
class PipelineIT extends OnWebServer {

  private static final String LIVE = "GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n";
  private static final int SMALL_BYTES = 8 << 10;

  /** Somewhere here the answers leave room for a part of the next head alone. */
  private static final int FEW = 430;

  private static final int MANY = 470;

  @Test
  void shouldBeginAStreamBehindAnswersThatFillTheSocket() {
    List<RawHttp> clients = new ArrayList<>();
    for (int answers = FEW; answers < MANY; answers++) {
      RawHttp client = keep(RawHttp.connect(server, SMALL_BYTES));
      clients.add(client.send(LIVE.repeat(answers)).request("GET /lines?from=new"));
    }
    int answerBytes = connect().send(LIVE).readResponse().length();

    for (int answers = FEW; answers < MANY; answers++) {
      RawHttp client = clients.get(answers - FEW);
      client.read(answers * answerBytes);
      assertThat(client.readHead()).as("behind %d answers", answers).contains("linecast-first: ");
    }
  }

  @Test
  void shouldAnswerEverythingOfWhoeverEndsItsSendingAndReadsLate() {
    int requests = 2_000;
    RawHttp client = keep(RawHttp.connect(server, SMALL_BYTES));
    client.send(LIVE.repeat(requests)).halfClose();
    for (int i = 0; i < 100; i++) {
      connect().send(LIVE).readResponse();
    }

    assertThat(client.readToEnd().split("HTTP/1.1 200 OK", -1)).hasSize(requests + 1);
  }

  @Test
  void shouldStreamToTheEndBehindAnotherAnswerForWhoeverEndsItsSending() {
    int lines = 6_000;
    String thousand = ("x".repeat(999) + "\n").repeat(1_000);
    long first = posts().accepted("/lines", thousand).first();
    for (int i = 1; i < lines / 1_000; i++) {
      posts().accepted("/lines", thousand);
    }
    RawHttp client = keep(RawHttp.connect(server, SMALL_BYTES));
    client.send(LIVE + "GET /lines?from=" + first + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
    client.halfClose();

    client.readResponse();
    client.readHead();
    assertThat(client.readToEnd()).hasSize(lines * 1_000);
  }

  @Test
  void shouldEndEventsBehindAnotherAnswerForWhoeverEndsItsSending() {
    long first = posts().accepted("/lines", "one\ntwo\nthree\n").first();
    RawHttp client = connect();
    client.send(
        LIVE
            + ("GET /lines?limit=2&from=" + first + " HTTP/1.1\r\nHost: localhost\r\n")
            + "Accept: text/event-stream\r\n\r\n");
    client.halfClose();

    client.readResponse();
    client.readHead();
    assertThat(client.readToEnd())
        .contains("data: one\n", "data: two\n")
        .doesNotContain("three")
        .endsWith("0\r\n\r\n");
  }

  @Test
  void shouldRefuseAHelloBehindAnotherAnswerForWhoeverEndsItsSending() {
    RawHttp client = connect();
    client.send(LIVE + RawHttp.handshake("/ws?from=nowhere", "linecast.v1")).halfClose();

    client.readResponse();
    assertThat(client.readHead()).startsWith("HTTP/1.1 101 ");
    assertThat(client.readToEnd()).contains("LINECAST/1 websocket no ");
  }
}
