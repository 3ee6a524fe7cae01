package io.linecast.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SiteProtectionTest {

  private static final int FORBIDDEN = 403;
  private static final int MISDIRECTED = 421;
  private static final int OK = 200;

  private final SiteProtection usual = new SiteProtection(List.of(), List.of());

  @ParameterizedTest
  @ValueSource(
      strings = {"localhost:8234", "LOCALHOST", "127.0.0.1:8234", "10.0.0.7", "[::1]:8234"})
  void shouldAnswerUnderItsAddresses(String host) {
    assertThat(status(usual, request("host", host))).isEqualTo(OK);
  }

  @ParameterizedTest
  @ValueSource(strings = {"evil.example", "evil.example:8234", "127.0.0.1.evil.example", "[x]", ""})
  void shouldNotAnswerUnderANameThatMayBeAnybodys(String host) {
    assertThat(status(usual, request("host", host))).isEqualTo(MISDIRECTED);
  }

  @Test
  void shouldAnswerUnderTheNamesItWasGiven() {
    SiteProtection named = new SiteProtection(List.of("Lines.Example"), List.of());

    assertThat(status(named, request("host", "lines.example:8234"))).isEqualTo(OK);
    assertThat(status(named, request("host", "other.example"))).isEqualTo(MISDIRECTED);
    assertThat(status(new SiteProtection(List.of("*"), List.of()), request("host", "x")))
        .isEqualTo(OK);
  }

  @Test
  void shouldWantOneHost() {
    HttpRequest none = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/");
    HttpRequest old = new DefaultHttpRequest(HttpVersion.HTTP_1_0, HttpMethod.GET, "/");
    HttpRequest two = request("host", "localhost");
    two.headers().add("host", "127.0.0.1");

    assertThat(status(usual, none)).isEqualTo(400);
    assertThat(status(usual, old)).isEqualTo(OK);
    assertThat(status(usual, two)).isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource({
    "http://127.0.0.1:8234, 127.0.0.1:8234",
    "http://LOCALHOST:8234, localhost:8234",
    "http://localhost, localhost:80",
    "https://localhost, localhost",
    "http://[::1]:8234, [::1]:8234",
  })
  void shouldLetItsOwnPagesIn(String origin, String host) {
    assertThat(status(usual, request("host", host, "origin", origin))).isEqualTo(OK);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://evil.example",
        "http://127.0.0.1:3000",
        "http://127.0.0.1",
        "http://localhost:8234",
        "https://127.0.0.1.evil.example:8234",
        "null",
        "127.0.0.1:8234",
        ""
      })
  void shouldKeepPagesOfOtherSitesOut(String origin) {
    assertThat(status(usual, request("host", "127.0.0.1:8234", "origin", origin)))
        .isEqualTo(FORBIDDEN);
  }

  @Test
  void shouldLetThePagesOfOtherSitesInThatItWasTold() {
    SiteProtection open = new SiteProtection(List.of(), List.of("https://Example.org"));
    HttpRequest guest = request("host", "localhost", "origin", "https://example.org");
    HttpRequest other = request("host", "localhost", "origin", "https://example.com");

    assertThat(status(open, guest)).isEqualTo(OK);
    assertThat(status(open, other)).isEqualTo(FORBIDDEN);
    assertThat(open.guest(guest.headers())).contains("https://example.org");
    assertThat(usual.guest(guest.headers())).isEmpty();
  }

  @Test
  void shouldKeepOutWhatAnotherSitesPageHasTheBrowserFetch() {
    HttpRequest image =
        request("host", "localhost", "sec-fetch-site", "cross-site", "sec-fetch-mode", "no-cors");
    HttpRequest link =
        request("host", "localhost", "sec-fetch-site", "cross-site", "sec-fetch-mode", "navigate");
    HttpRequest own =
        request("host", "localhost", "sec-fetch-site", "same-origin", "sec-fetch-mode", "cors");

    assertThat(status(usual, image)).isEqualTo(FORBIDDEN);
    assertThat(status(usual, link)).isEqualTo(OK);
    assertThat(status(usual, own)).isEqualTo(OK);
  }

  private static int status(SiteProtection protection, HttpRequest request) {
    return protection.refusal(request).map(problem -> problem.status().code()).orElse(OK);
  }

  private static HttpRequest request(String... headers) {
    HttpRequest request = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/");
    for (int i = 0; i < headers.length; i += 2) {
      request.headers().set(headers[i], headers[i + 1]);
    }
    return request;
  }
}
