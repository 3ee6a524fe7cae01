package io.linecast.acceptance.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.linecast.acceptance.LineClient;
import io.linecast.acceptance.ServerUnderTest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lines as they are, in a response without end. */
class FollowIT extends OnWebServer {

  @Test
  void shouldHearEveryLineFromNowOn() {
    LineClient sender = joinPlain();
    RawHttp curl = connect().request("GET /lines");
    String head = curl.readHead();
    sender.send("one", "", "three\r");
    String first = curl.readThrough("three\r\n"); // or what is posted might come before it
    posts().accepted("/lines", "four");

    assertThat(first).isEqualTo("one\n\nthree\r\n");
    assertThat(curl.readThrough("four\n")).isEqualTo("four\n");
    assertThat(head)
        .startsWith("HTTP/1.1 200 OK\r\n")
        .contains("\r\ncontent-type: text/plain; charset=utf-8\r\n")
        .contains("\r\nconnection: close\r\n")
        .contains("\r\ncache-control: no-store\r\n")
        .containsPattern("\r\nlinecast-epoch: [0-9a-f]+\r\n")
        .doesNotContain("transfer-encoding");
  }

  @Test
  void shouldBeginWhereItIsAsked() {
    long first = posts().accepted("/lines", "one\ntwo\nthree\n").first();

    assertThat(body("/lines?limit=2&from=" + first)).isEqualTo("one\ntwo\n");
    assertThat(body("/lines?limit=2&from=-2")).isEqualTo("two\nthree\n");
    assertThat(body("/lines?limit=1&from=oldest")).endsWith("\n");
  }

  @Test
  void shouldTurnPages() {
    long first = posts().accepted("/lines", "1\n2\n3\n4\n5\n").first();

    assertThat(body("/lines?limit=2&from=" + first)).isEqualTo("1\n2\n");
    assertThat(body("/lines?limit=2&from=" + (first + 2))).isEqualTo("3\n4\n");
    RawHttp last = connect().request("GET /lines?limit=2&from=" + (first + 4));
    assertThat(last.readHead())
        .contains("\r\nlinecast-first: " + (first + 4) + "\r\n")
        .contains("\r\nlinecast-next: " + (first + 5) + "\r\n");
    posts().accepted("/lines", "6\n7\n");
    assertThat(last.readToEnd()).isEqualTo("5\n6\n");
  }

  @Test
  void shouldEndWithTheLastLineThatIsWanted() {
    RawHttp three = connect().request("GET /lines?limit=3");
    three.readHead();
    LineClient sender = joinPlain();
    sender.send("one");
    sender.send("two", "three", "four");

    // Those before are a fence's, by which the sender has joined.
    String heard = three.readToEnd();
    assertThat(heard.lines()).hasSize(3);
    assertThat(heard).endsWith("\n");
  }

  @Test
  void shouldSayWhatBelongsToANumberingThatHasEnded() {
    long first = posts().accepted("/lines", "one\n").first();
    RawHttp curl = connect().request("GET /lines?limit=1&epoch=other&from=" + (first + 7));

    assertThat(curl.readHead())
        .contains("\r\nlinecast-gap: " + (first + 7) + " 9223372036854775807 epoch\r\n");
    assertThat(curl.readToEnd()).endsWith("\n");
  }

  @Test
  void shouldBeSentAllThatWasAcceptedOnceItEndsItsSending() {
    long first = posts().accepted("/lines", "one\ntwo\n").first();
    RawHttp nc = connect().request("GET /lines?from=" + first).halfClose();
    nc.readHead();

    assertThat(nc.readToEnd()).startsWith("one\ntwo\n");
  }

  @Test
  void shouldHearAnotherChannel() {
    RawHttp curl = connect().request("GET /channels/ships/lines?limit=1");
    curl.readHead();
    posts().accepted("/lines", "not this\n");
    posts().accepted("/channels/ships/lines", "ahoy\n");

    assertThat(curl.readToEnd()).isEqualTo("ahoy\n");
  }

  @ParameterizedTest
  @CsvSource({
    "/lines?from=never, 400, bad-request",
    "/lines?from=0, 400, bad-request",
    "/lines?from=9000000000000, 400, bad-number",
    "/lines?from=2026-01-01T00:00:00Z, 400, bad-request",
    "/lines?limit=0, 400, bad-request",
    "/lines?limit=x, 400, bad-request",
    "/lines?limit=%zz, 400, bad-request",
    "/channels/planes/lines, 404, channel",
  })
  void shouldSayWhatIsWrongWithARequest(String path, int status, String code) {
    String response = connect().request("GET " + path).readResponse();

    assertThat(response)
        .startsWith("HTTP/1.1 " + status + " ")
        .contains("\"code\":\"" + code + "\"");
  }

  @Test
  void shouldCountAmongThoseALineIsForUntilItHasAllThatItWants() {
    long alone = posts().accepted("/channels/ships/lines", "x\n").clients();
    RawHttp curl = connect().request("GET /channels/ships/lines?limit=2");
    curl.readHead();
    long together = posts().accepted("/channels/ships/lines", "x\n").clients();
    posts().accepted("/channels/ships/lines", "x\n");
    curl.readToEnd();
    curl.close();

    assertThat(together).isEqualTo(alone + 1);
    assertThat(posts().accepted("/channels/ships/lines", "x\n").clients()).isEqualTo(alone);
  }

  @Test
  void shouldHearLinesFromBeforeInAnyAmount() {
    String body = "0123456789\n".repeat(90_000);
    long first = posts().accepted("/lines", body).first();

    assertThat(body("/lines?limit=90000&from=" + first)).isEqualTo(body);
    assertThat(List.of(body("/lines?limit=5&from=" + first).split("\n", 5))).hasSize(5);
  }

  @Test
  void shouldShowThatATextWasCutOffWhoseReaderIsTooSlow() {
    try (ServerUnderTest small = ServerUnderTest.start("--web-port", "0", "--window", "1m");
        RawHttp slow = RawHttp.connect(small, 8 << 10)) {
      slow.request("GET /lines").readHead();
      for (int i = 0; i < 12; i++) {
        new Posts(small).accepted("/lines", ("x".repeat(999) + "\n").repeat(1_000));
      }

      assertThat(slow.endsInReset()).isTrue();
    }
  }

  private String body(String path) {
    RawHttp curl = connect().request("GET " + path);
    assertThat(curl.readHead()).startsWith("HTTP/1.1 200 OK\r\n");
    return curl.readToEnd();
  }
}
