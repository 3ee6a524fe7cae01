package io.linecast.acceptance.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.linecast.acceptance.BlackBox;
import io.linecast.acceptance.ServerUnderTest;
import io.linecast.acceptance.TokenStore;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** WebSockets of who may do what, and tickets for who cannot have a token sent. */
@BlackBox
class TicketIT {

  private static final String LINECAST = "linecast.v1";

  /** Made once: each is a run of the program. */
  private static final TokenStore tokens = TokenStore.empty();

  private static String both;
  private static String listen;
  private static String publish;
  private ServerUnderTest server;

  @BeforeAll
  static void addTokens() {
    both = tokens.add("both");
    listen = tokens.add("listen", "--rights", "listen");
    publish = tokens.add("publish", "--rights", "publish");
  }

  @BeforeEach
  void start() {
    server =
        ServerUnderTest.start(
            "--web-port", "0", "--tokens", tokens.file().toString(), "--lines", "0=planes");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Socket open(String path, String subprotocol) {
    return Socket.open(server, path, subprotocol);
  }

  private Socket bearer(String token, String path, String subprotocol) {
    return Socket.open(server, path, subprotocol, "Authorization", "Bearer " + token);
  }

  @Test
  void shouldRefuseAPlainWebSocketAtItsHandshake() {
    try (Socket stranger = open("/ws", "");
        Socket wrong = bearer("lc_wrong", "/ws", "");
        Socket nowhere = bearer(both, "/channels/no-such/ws", "")) {
      assertThat(stranger.refusedWith()).isEqualTo(401);
      assertThat(wrong.refusedWith()).isEqualTo(401);
      assertThat(nowhere.refusedWith()).isEqualTo(404);
    }
  }

  @Test
  void shouldRelayWhatTheTokensAllow() {
    try (Socket hears = bearer(listen, "/ws", "");
        Socket sends = bearer(publish, "/ws", "");
        Socket does = bearer(both, "/ws", "")) {
      hears.send("not permitted");
      sends.send("permitted");
      assertThat(hears.hear()).isEqualTo("permitted");
      assertThat(does.hear()).isEqualTo("permitted");
      does.send("another");
      assertThat(hears.hear()).isEqualTo("another");
      assertThat(sends.hasHeardNothing()).isTrue();
    }
  }

  /** A page sees nothing of a handshake that fails. */
  @Test
  void shouldRefuseLinecastInTheAnswerToItsHello() {
    try (Socket stranger = open("/ws", LINECAST);
        Socket elsewhere = open("/channels/planes/ws", LINECAST);
        Socket nowhere = open("/channels/no-such/ws", LINECAST);
        Socket address = open("/ws?token=" + both, LINECAST);
        Socket used = open("/ws?ticket=none", LINECAST)) {
      String refusal = stranger.hear();
      assertThat(refusal).startsWith("LINECAST/1 websocket no auth ");
      assertThat(elsewhere.hear()).isEqualTo(refusal);
      assertThat(nowhere.hear()).isEqualTo(refusal);
      assertThat(address.hear()).contains(" no auth ").doesNotContain(both);
      assertThat(used.hear()).contains(" no auth ");
      assertThat(stranger.closeCode()).isEqualTo(1008);
    }
    try (Socket hears = bearer(listen, "/ws", LINECAST)) {
      assertThat(hears.hear()).contains(" ok ");
      hears.send("SEND 1 x");
      assertThat(hears.hear()).startsWith("FAIL 1 auth ");
    }
  }

  @Test
  void shouldTakeATicketOnce() {
    String ticket = Http.bearer(server, both).ticket();
    try (Socket first = open("/ws?ticket=" + ticket, LINECAST);
        Socket replayed = open("/ws?ticket=" + ticket, LINECAST);
        Socket plain = open("/ws?ticket=" + ticket, "")) {
      assertThat(first.hear()).contains(" ok ");
      assertThat(replayed.hear()).contains(" no auth ");
      assertThat(plain.refusedWith()).isEqualTo(401);
      first.send("SEND 1 with a ticket");
      assertThat(first.hear()).startsWith("SENT 1 ");
    }
  }

  @Test
  void shouldTakeATicketWhereATokenCouldStand() {
    Http admin = Http.bearer(server, both);
    assertThat(admin.post("/lines", "hello\n").statusCode()).isEqualTo(200);
    assertThat(Http.of(server).get("/lines?from=oldest&limit=1&ticket=" + admin.ticket()).body())
        .isEqualTo("hello\n");
    assertThat(Http.of(server).get("/api/status?ticket=" + admin.ticket()).statusCode())
        .isEqualTo(200);
    try (Socket plain = open("/ws?from=oldest&ticket=" + admin.ticket(), "")) {
      assertThat(plain.hear()).isEqualTo("hello");
    }
  }

  /** What a ticket is good for is what its token is. */
  @Test
  void shouldGiveATicketTheRightsOfItsToken() {
    String ticket = Http.bearer(server, publish).ticket();
    assertThat(Http.of(server).get("/lines?ticket=" + ticket).statusCode()).isEqualTo(403);
    assertThat(Http.of(server).get("/lines?ticket=" + ticket).statusCode())
        .as("it was used, in vain")
        .isEqualTo(401);
  }

  @Test
  void shouldGiveTicketsForTokensAlone() {
    assertThat(Http.of(server).post("/api/ticket", "").statusCode()).isEqualTo(401);
    assertThat(Http.bearer(server, "lc_wrong").post("/api/ticket", "").statusCode()).isEqualTo(401);
    String ticket = Http.bearer(server, both).ticket();
    assertThat(Http.of(server).post("/api/ticket?ticket=" + ticket, "").statusCode())
        .as("no ticket lives on in another")
        .isEqualTo(401);
    HttpResponse<String> answer = Http.bearer(server, both).post("/api/ticket", "");
    assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
    assertThat(answer.body()).contains("\"expires\":30");
    assertThat(Http.bearer(server, both).get("/api/ticket").statusCode()).isEqualTo(405);
  }

  @Test
  void shouldRefuseATicketOfARevokedToken() {
    String leaving = tokens.add("leaving");
    await().until(() -> Http.bearer(server, leaving).post("/lines", "x\n").statusCode() == 200);
    String ticket = Http.bearer(server, leaving).ticket();
    tokens.revoke("leaving");
    await().until(() -> Http.bearer(server, leaving).post("/lines", "x\n").statusCode() == 401);
    try (Socket late = open("/ws?ticket=" + ticket, LINECAST)) {
      assertThat(late.hear()).contains(" no auth ");
    }
  }

  @Test
  void shouldNotLetAnotherSitesPageUseATicket() {
    String ticket = Http.bearer(server, both).ticket();
    try (Socket foreign =
        Socket.open(server, "/ws?ticket=" + ticket, "", "Origin", "https://evil.example")) {
      assertThat(foreign.refusedWith()).isEqualTo(403);
    }
  }
}
