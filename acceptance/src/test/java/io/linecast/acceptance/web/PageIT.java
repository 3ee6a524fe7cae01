package io.linecast.acceptance.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page's files, as they are served. */
class PageIT extends OnWebServer {

  @ParameterizedTest
  @CsvSource({
    "/, text/html; charset=utf-8",
    "/page/app.js, text/javascript; charset=utf-8",
    "/page/style.css, text/css; charset=utf-8",
    "/page/icon.svg, image/svg+xml",
    "/webjars/uplot/dist/uPlot.esm.js, text/javascript; charset=utf-8",
    "/webjars/uplot/dist/uPlot.min.css, text/css; charset=utf-8",
  })
  void shouldServeAFileAsWhatItIs(String path, String type) {
    RawHttp browser = connect();
    String head = browser.request("HEAD " + path).readHead();
    String response = browser.request("GET " + path).readResponse();

    assertThat(response)
        .startsWith("HTTP/1.1 200 OK\r\n")
        .contains("\r\ncontent-type: " + type + "\r\n")
        .contains("\r\ncache-control: no-cache\r\n");
    assertThat(withoutDate(response)).startsWith(withoutDate(head)).isNotEqualTo(head);
  }

  private static String withoutDate(String response) {
    return response.replaceFirst("\r\ndate: [^\r]*", "");
  }

  @Test
  void shouldSendNothingAgainThatABrowserHas() {
    RawHttp browser = connect();
    String first = browser.request("GET /page/app.js").readResponse();
    String tag = first.replaceAll("(?s).*\r\netag: ([^\r]+)\r\n.*", "$1");
    String again = browser.request("GET /page/app.js", "If-None-Match: " + tag).readHead();

    assertThat(again)
        .startsWith("HTTP/1.1 304 Not Modified\r\n")
        .contains("\r\netag: " + tag + "\r\n")
        .contains("\r\ncache-control: no-cache\r\n");
    assertThat(browser.request("GET /page/app.js", "If-None-Match: \"old\"").readResponse())
        .startsWith("HTTP/1.1 200 OK\r\n");
  }

  @Test
  void shouldBeReadOnly() {
    assertThat(connect().request("DELETE /page/app.js").readResponse())
        .startsWith("HTTP/1.1 405 ")
        .contains("\r\nallow: GET, HEAD\r\n");
  }

  @Test
  void shouldHaveNothingAtAPathWithoutEnd() {
    RawHttp browser = connect();

    for (String path :
        new String[] {"a/".repeat(2000) + "a.js", "../".repeat(9) + "x", "a//b.js"}) {
      assertThat(browser.request("GET /webjars/uplot/" + path).readResponse())
          .startsWith("HTTP/1.1 404 ");
    }
  }
}
