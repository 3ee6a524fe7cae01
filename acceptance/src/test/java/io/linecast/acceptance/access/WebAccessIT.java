package io.linecast.acceptance.access;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.linecast.acceptance.BlackBox;
import io.linecast.acceptance.ServerUnderTest;
import io.linecast.acceptance.TokenStore;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a request is answered, by the token that it bears and by where it comes from. */
@BlackBox
class WebAccessIT {

  private static final String ONE_LINE = "/lines?from=oldest&limit=1";

  /** Made once: each is a run of the program. */
  private static final TokenStore tokens = TokenStore.empty();

  private static String both;
  private static String listen;
  private static String ships;
  private static String admin;
  private ServerUnderTest server;

  @BeforeAll
  static void addTokens() {
    both = tokens.add("both");
    listen = tokens.add("listen", "--rights", "listen");
    ships = tokens.add("ships", "--channels", "ships");
    admin = tokens.add("admin", "--rights", "admin");
  }

  @BeforeEach
  void start() {
    server =
        ServerUnderTest.start(
            "--web-port", "0", "--tokens", tokens.file().toString(), "--lines", "0=ships,0=planes");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Http stranger() {
    return Http.of(server);
  }

  private Http bearer(String token) {
    return Http.bearer(server, token);
  }

  @Test
  void shouldServeWhoBringsAValidToken() {
    assertThat(bearer(both).post("/lines", "hello\n").statusCode()).isEqualTo(200);
    assertThat(bearer(listen).get(ONE_LINE).body()).isEqualTo("hello\n");
    assertThat(new Http(server, "authorization", "bearer  " + listen).get(ONE_LINE).body())
        .as("the scheme's name is one in whatever letters")
        .isEqualTo("hello\n");
    assertThat(bearer(ships).post("/channels/ships/lines", "x\n").statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD", "POST"})
  void shouldAskAStrangerForAToken(String method) {
    HttpResponse<String> answer = stranger().send(method, "/lines", "hello\n");
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.headers().firstValue("WWW-Authenticate"))
        .hasValue("Bearer realm=\"linecast\"");
    assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
  }

  @Test
  void shouldSayThatATokenIsNotValid() {
    for (String wrong : new String[] {"lc_wrong", both + "x", "", "x y"}) {
      HttpResponse<String> answer = bearer(wrong).get(ONE_LINE);
      assertThat(answer.statusCode()).as(wrong).isEqualTo(401);
      assertThat(answer.headers().firstValue("WWW-Authenticate").orElse(""))
          .contains("error=\"invalid_token\"");
    }
    HttpResponse<String> twice =
        new Http(server, "Authorization", "Bearer " + both, "Authorization", "Bearer " + listen)
            .get(ONE_LINE);
    assertThat(twice.statusCode()).isEqualTo(401);
  }

  /** Such as a proxy's own, which it has passed on. */
  @Test
  void shouldTakeAnotherSchemeForNoToken() {
    HttpResponse<String> answer =
        new Http(server, "Authorization", "Basic YW5uOnNlY3JldA==").get("/api/status");
    assertThat(answer.statusCode()).as("it is asked from here").isEqualTo(200);
    assertThat(new Http(server, "Authorization", "Basic YW5u").get(ONE_LINE).statusCode())
        .isEqualTo(401);
  }

  @Test
  void shouldForbidWhatTheTokenDoesNotAllow() {
    HttpResponse<String> answer = bearer(listen).post("/lines", "hello\n");
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).contains("\"code\":\"auth\"");
    assertThat(answer.headers().firstValue("WWW-Authenticate")).isEmpty();
    assertThat(bearer(admin).get(ONE_LINE).statusCode()).isEqualTo(403);
    assertThat(bearer(ships).get(ONE_LINE).statusCode()).as("main is no secret").isEqualTo(403);
  }

  /** A stranger's body takes no room, and is not even asked for. */
  @Test
  void shouldRefuseAStrangerBeforeItSendsItsBody() throws Exception {
    try (java.net.Socket socket = new java.net.Socket(server.host(), server.web("/").getPort())) {
      socket.setSoTimeout(10_000);
      String head =
          """
          POST /lines HTTP/1.1
          Host: localhost
          Content-Length: 1000000
          Expect: 100-continue

          """
              .replace("\n", "\r\n");
      socket.getOutputStream().write(head.getBytes(US_ASCII));
      byte[] beginning = socket.getInputStream().readNBytes("HTTP/1.1 401".length());
      assertThat(new String(beginning, US_ASCII)).isEqualTo("HTTP/1.1 401");
    }
  }

  @Test
  void shouldSayTheSameOfAChannelThatIsForOthersAsOfOneThatIsNot() {
    for (String path : new String[] {"lines", "ws"}) {
      HttpResponse<String> forOthers = bearer(ships).get("/channels/planes/" + path);
      HttpResponse<String> none = bearer(ships).get("/channels/no-such/" + path);
      assertThat(forOthers.statusCode()).isEqualTo(404);
      assertThat(forOthers.body()).isEqualTo(none.body());
      assertThat(stranger().get("/channels/planes/" + path).body())
          .isEqualTo(stranger().get("/channels/no-such/" + path).body())
          .contains("401");
    }
    assertThat(bearer(ships).post("/channels/planes/lines", "x\n").body())
        .isEqualTo(bearer(ships).post("/channels/no-such/lines", "x\n").body());
  }

  @Test
  void shouldTellHowTheServerIsOnItsOwnMachineOrToAdmin() {
    for (String path : new String[] {"/api/status", "/metrics"}) {
      assertThat(stranger().get(path).statusCode()).as("from here").isEqualTo(200);
      Http proxied = new Http(server, "X-Forwarded-For", "192.0.2.1");
      assertThat(proxied.get(path).statusCode()).as("by a proxy").isEqualTo(401);
      for (String token : new String[] {admin, listen}) {
        Http bearer =
            new Http(server, "Forwarded", "for=192.0.2.1", "Authorization", "Bearer " + token);
        assertThat(bearer.get(path).statusCode()).isEqualTo(token.equals(admin) ? 200 : 403);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Forwarded", "X-Forwarded-For", "x-forwarded-host", "Via", "X-Real-IP"})
  void shouldNotTakeAProxyOnThisMachineForWhoItSpeaksFor(String header) {
    assertThat(new Http(server, header, "1.1 proxy").get("/api/status").statusCode())
        .isEqualTo(401);
  }

  @Test
  void shouldServeThePageAndProbesToEverybody() {
    for (String path : new String[] {"/", "/page/app.js", "/health/live", "/health/ready"}) {
      Http proxied = new Http(server, "Via", "1.1 proxy", "Authorization", "Bearer wrong");
      assertThat(proxied.get(path).statusCode()).as(path).isEqualTo(200);
    }
  }

  @Test
  void shouldTakeNoTokenFromAnAddress() {
    HttpResponse<String> answer = stranger().get(ONE_LINE + "&token=" + both);
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.body()).doesNotContain(both);
  }

  /** Without a tokens file no token would help. */
  @Test
  void shouldForbidWhereNobodyIsAskedForAToken() {
    try (ServerUnderTest closed =
        ServerUnderTest.start("--web-port", "0", "--allow", "192.0.2.0/24")) {
      assertThat(Http.of(closed).get(ONE_LINE).statusCode()).isEqualTo(403);
      assertThat(new Http(closed, "Via", "1.1 proxy").get("/metrics").statusCode()).isEqualTo(403);
      assertThat(Http.of(closed).post("/api/ticket", "").statusCode()).isEqualTo(403);
    }
  }

  /** A page that is let in may send its visitor's token, and is told before that it may. */
  @Test
  void shouldLetAPageOfAGuestSendAToken() {
    try (ServerUnderTest open =
        ServerUnderTest.start(
            "--web-port",
            "0",
            "--tokens",
            tokens.file().toString(),
            "--web-origin",
            "https://example.org")) {
      HttpResponse<String> preflight =
          new Http(
                  open,
                  "Origin",
                  "https://example.org",
                  "Access-Control-Request-Headers",
                  "authorization")
              .send("OPTIONS", "/lines", "");
      assertThat(preflight.statusCode()).isEqualTo(204);
      assertThat(preflight.headers().firstValue("Access-Control-Allow-Headers").orElse(""))
          .contains("authorization");
      assertThat(preflight.headers().firstValue("Access-Control-Allow-Credentials")).isEmpty();
      HttpResponse<String> foreign =
          new Http(open, "Origin", "https://evil.example", "Authorization", "Bearer " + both)
              .get(ONE_LINE);
      assertThat(foreign.statusCode()).as("another site, with a token").isEqualTo(403);
    }
  }
}
