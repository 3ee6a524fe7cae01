package io.linecast.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What each wire says of numbers that no line has. */
class VoidNumbersIT extends WithHeldJournal {

  /** Lines 1 and 5, and nothing between them. */
  private void fill() throws IOException {
    publish("a\n");
    journal.skip(3);
    publish("b\n");
  }

  private void publish(String lines) {
    assertThat(server.post("/lines", lines).statusCode()).isEqualTo(200);
  }

  @Test
  void shouldBeGapsForWhoHearsNumbersAndNothingForOthers() throws IOException {
    LineClient client = LineClient.acknowledged(server, "ack=stored");
    LineClient plain = LineClient.plain(server);
    fill();

    assertThat(client.hearAnswer()).isEqualTo("LINE 1 a");
    assertThat(client.hearAnswer()).isEqualTo("GAP 2 4 void");
    assertThat(client.hearAnswer()).isEqualTo("LINE 5 b");
    assertThat(plain.hear()).isEqualTo("a");
    assertThat(plain.hear()).isEqualTo("b");
    server.awaitBalance();
    assertThat(server.scrape().main("linecast_deliveries_eligible_total")).isEqualTo(4);
    assertThat(server.scrape().main("linecast_deliveries_skipped_total")).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4})
  void shouldBeToldFromAnyOfThemOn(int from) throws IOException {
    fill();
    LineClient client = LineClient.acknowledged(server, "epoch=e from=" + from);

    assertThat(client.hearAnswer()).isEqualTo("GAP " + from + " 4 void");
    assertThat(client.hearAnswer()).isEqualTo("LINE 5 b");
  }

  @Test
  void shouldBeToldOnceTheyComeWhereTheNextLineIsAwaited() throws IOException {
    publish("a\n");
    journal.skip(1);
    publish("b\n");
    LineClient client = LineClient.acknowledged(server, "epoch=e from=4");
    journal.skip(2);
    publish("c\n");

    assertThat(client.hearAnswer()).isEqualTo("GAP 4 5 void");
    assertThat(client.hearAnswer()).isEqualTo("LINE 6 c");
  }

  @Test
  void shouldBeSaidToBeDoneLikeLines() throws IOException {
    LineClient listener = LineClient.acknowledged(server, "ack=stored");
    LineClient sender = LineClient.acknowledged(server, "listen=no ack=done");
    sender.say("SEND 1 a\n");
    assertThat(listener.hearAnswer()).isEqualTo("LINE 1 a");
    journal.skip(3);
    assertThat(listener.hearAnswer()).isEqualTo("GAP 2 4 void");
    listener.say("DONE 3\n");

    assertThat(sender.hearAnswer()).isEqualTo("SENT 1 1 1");
    listener.requireNoAnswer();
  }

  @Test
  void shouldBeGapEventsAndNoLinesOfText() throws IOException {
    fill();
    Socket events = server.web(request("/lines?from=oldest", "Accept: text/event-stream"));
    String before = hearThrough(events, "data: b\n\n");
    assertThat(before)
        .contains(
            "id: e-1\ndata: a\n\n",
            "event: gap\nid: e-4\ndata: {\"first\":2,\"last\":4,\"reason\":\"void\"}\n\n",
            "id: e-5\ndata: b\n\n");
    journal.skip(2);
    publish("c\n");
    assertThat(hearThrough(events, "data: c\n\n"))
        .contains(
            "event: gap\nid: e-7\ndata: {\"first\":6,\"last\":7,\"reason\":\"void\"}\n\n",
            "id: e-8\ndata: c\n\n");

    Socket text = server.web(request("/lines?from=2"));
    assertThat(hearThrough(text, "c\n")).endsWith("\r\n\r\nb\nc\n");
  }

  @Test
  void shouldBeInPagesOfTextLikeLinesSoThatThePagesFollowEachOther() throws IOException {
    fill();
    publish("c\nd\n");

    assertThat(server.get("/lines?from=1&limit=3").body()).isEqualTo("a\n");
    assertThat(server.get("/lines?from=4&limit=3").body()).isEqualTo("b\nc\n");
    assertThat(server.get("/lines?from=7&limit=1").body()).isEqualTo("d\n");
  }

  @Test
  void shouldNotCountAmongTheEventsThatAreWanted() throws IOException {
    Socket events = server.web(request("/lines?limit=2", "Accept: text/event-stream"));
    hearThrough(events, "id: e-0\n\n\r\n");
    fill();
    publish("c\n");

    String heard = new String(events.getInputStream().readAllBytes(), US_ASCII);
    assertThat(heard).contains("data: a\n", "\"reason\":\"void\"", "data: b\n");
    assertThat(heard).doesNotContain("data: c").endsWith("0\r\n\r\n");
  }

  @Test
  void shouldBeMessagesForWhoHearsNumbersAndNothingForOthers() throws IOException {
    publish("a\n");
    journal.skip(3);
    Socket numbered =
        server.web(webSocket("/ws?from=oldest", "Sec-WebSocket-Protocol: linecast.v1"));
    assertThat(hearThrough(numbered, "GAP 2 4 void")).contains("LINE 1 a");
    Socket plain = server.web(webSocket("/ws"));
    hearThrough(plain, "\r\n\r\n");
    journal.skip(2);
    publish("b\n");

    assertThat(hearThrough(numbered, "LINE 7 b")).contains("GAP 5 6 void");
    byte[] frame = plain.getInputStream().readNBytes(3);
    assertThat(frame).containsExactly(0x81, 1, 'b');
  }

  @Test
  void shouldAnswerARepetitionAsTheFirst() throws IOException {
    LineClient client = LineClient.acknowledged(server, "publisher=ann listen=no");
    journal.hold();
    client.say("SEND 7 a\nSEND 8 b\n");
    client.requireNoAnswer();
    journal.handBackOfElsewhere("a", "ann", 7);
    journal.handBackAsRepeated();

    assertThat(client.hearAnswer()).isEqualTo("SENT 7 1 0");
    assertThat(client.hearAnswer()).isEqualTo("FAIL 8 duplicate");
    journal.release();
    client.say("SEND 7 a\nSEND 9 c\n");
    assertThat(client.hearAnswer()).isEqualTo("SENT 7 1 0");
    assertThat(client.hearAnswer()).isEqualTo("SENT 9 4 0");
  }

  @Test
  void shouldAnswerAPostThatRepeatsAsTheFirst() {
    journal.hold();
    CompletableFuture<HttpResponse<String>> known = postOfAnn("7", "a\n");
    await().until(() -> journal.waitingLines() == 1);
    journal.handBackOfElsewhere("a", "ann", 7);
    journal.handBackAsRepeated();
    assertThat(known.join().body()).isEqualTo("{\"first\":1,\"last\":1,\"clients\":0}\n");

    CompletableFuture<HttpResponse<String>> forgotten = postOfAnn("8", "b\n");
    await().until(() -> journal.waitingLines() == 1);
    journal.handBackAsRepeated();
    assertThat(forgotten.join().statusCode()).isEqualTo(409);
    assertThat(forgotten.join().body()).contains("\"code\":\"duplicate\"");
  }

  private CompletableFuture<HttpResponse<String>> postOfAnn(String number, String body) {
    return CompletableFuture.supplyAsync(
        () -> server.post("/lines", body, "Linecast-Publisher", "ann", "Linecast-Number", number));
  }

  private static String webSocket(String target, String... more) {
    String[] headers = {
      "Connection: Upgrade",
      "Upgrade: websocket",
      "Sec-WebSocket-Version: 13",
      "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="
    };
    return request(target, Stream.of(headers, more).flatMap(Stream::of).toArray(String[]::new));
  }

  /** All that comes, up to something that is awaited. */
  private static String hearThrough(Socket client, String awaited) throws IOException {
    StringBuilder heard = new StringBuilder();
    while (heard.indexOf(awaited) < 0) {
      int next = client.getInputStream().read();
      assertThat(next).as("end of the connection after '%s'", heard).isNotNegative();
      heard.append((char) next);
    }
    return heard.toString();
  }

  private static String request(String target, String... headers) {
    String ofAll = "GET " + target + " HTTP/1.1\r\nHost: localhost\r\n";
    return Stream.of(headers).map(each -> each + "\r\n").collect(joining("", ofAll, "\r\n"));
  }
}
