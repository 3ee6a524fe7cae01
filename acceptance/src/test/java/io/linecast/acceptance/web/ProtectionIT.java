package io.linecast.acceptance.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.linecast.acceptance.LineClient;
import io.linecast.acceptance.ServerUnderTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What pages of other sites, and names of other sites, do not get at. */
class ProtectionIT extends OnWebServer {

  private static final String[] WEB_SOCKET = {
    "Upgrade: websocket",
    "Connection: Upgrade",
    "Sec-WebSocket-Version: 13",
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="
  };

  @Test
  void shouldPublishNothingForAPageOfAnotherSite() {
    LineClient alice = joinPlain();
    connect()
        .send("POST /lines HTTP/1.1\r\nHost: localhost\r\nOrigin: http://evil.example\r\n")
        .send("Content-Type: text/plain\r\nContent-Length: 5\r\n\r\nevil\n")
        .readResponse();
    posts().accepted("/lines", "good\n");

    assertThat(alice.hear()).isEqualTo("good");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /lines",
        "GET /ws",
        "GET /",
        "GET /health/live",
        "GET /nothing",
        "PUT /lines"
      })
  void shouldTellAPageOfAnotherSiteNothing(String request) {
    String[] headers = {WEB_SOCKET[0], WEB_SOCKET[1], WEB_SOCKET[2], WEB_SOCKET[3], "Origin: null"};

    assertThat(connect().request(request, headers).readResponse())
        .startsWith("HTTP/1.1 403 Forbidden\r\n")
        .contains("\"code\":\"forbidden\"")
        .doesNotContain("access-control-allow-origin");
  }

  @ParameterizedTest
  @CsvSource({
    "localhost, http://localhost, 101",
    "localhost:8234, http://localhost:8234, 101",
    "localhost:8234, https://localhost:8234, 101",
    "localhost:8234, http://localhost:3000, 403",
    "127.0.0.1:8234, http://localhost:8234, 403",
    "evil.example:8234, http://evil.example:8234, 421",
  })
  void shouldOpenAWebSocketForItsOwnPagesOnly(String host, String origin, int status) {
    String response =
        connect()
            .send("GET /ws HTTP/1.1\r\nHost: " + host + "\r\nOrigin: " + origin + "\r\n")
            .send(String.join("\r\n", WEB_SOCKET) + "\r\n\r\n")
            .readHead();

    assertThat(response).startsWith("HTTP/1.1 " + status + " ");
  }

  @Test
  void shouldNotStreamToWhateverAnotherSitesPageEmbeds() {
    assertThat(
            connect()
                .request("GET /lines", "Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: no-cors")
                .readResponse())
        .startsWith("HTTP/1.1 403 ");
  }

  @Test
  void shouldLetGuestsInThatItWasTold() {
    try (ServerUnderTest open =
            ServerUnderTest.start(
                "--web-port",
                "0",
                "--web-origin",
                "https://example.org",
                "--web-host",
                "lines.example");
        RawHttp guest = RawHttp.connect(open)) {
      guest.send("OPTIONS /lines HTTP/1.1\r\nHost: lines.example\r\n");
      guest.send("Origin: https://example.org\r\nAccess-Control-Request-Method: POST\r\n\r\n");
      assertThat(guest.readHead())
          .startsWith("HTTP/1.1 204 ")
          .contains("\r\naccess-control-allow-origin: https://example.org\r\n")
          .contains("\r\naccess-control-allow-methods: GET, HEAD, POST\r\n")
          .contains("linecast-publisher");
      guest.send("POST /lines HTTP/1.1\r\nHost: lines.example\r\nContent-Length: 3\r\n");
      guest.send("Origin: https://example.org\r\n\r\nhi\n");
      assertThat(guest.readResponse())
          .startsWith("HTTP/1.1 200 ")
          .contains("\r\naccess-control-allow-origin: https://example.org\r\n")
          .contains("\r\naccess-control-expose-headers: linecast-epoch, linecast-first")
          .contains("\"first\":1");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET /health/live", "GET /nothing", "GET /lines?limit=x", "GET /"})
  void shouldTellBrowsersWhatNotToAllow(String request) {
    assertThat(connect().request(request).readHead())
        .contains("\r\ncontent-security-policy: default-src 'none'; script-src 'self';")
        .contains("; frame-ancestors 'none'\r\n")
        .contains("\r\nx-content-type-options: nosniff\r\n")
        .contains("\r\nx-frame-options: DENY\r\n")
        .contains("\r\nreferrer-policy: no-referrer\r\n")
        .contains("\r\ncross-origin-resource-policy: same-origin\r\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/../../etc/passwd",
        "/..%2f..%2fetc/passwd",
        "/webjars/../../../io/linecast/server/LinecastServer.class",
        "/webjars/uplot/../../../../io/linecast/server/LinecastServer.class",
        "/webjars/uplot/%2e%2e/x.js",
        "/webjars/uplot/package.json",
        "/page/",
        "/page/app.js/",
        "/page/.js",
        "/page//app.js",
        "/page/app.js%00.html",
        "/page/nothing.js",
        "/app.js",
        "/%zz.js"
      })
  void shouldGiveOutNoOtherFile(String path) {
    assertThat(connect().request("GET " + path).readResponse()).startsWith("HTTP/1.1 404 ");
  }
}
