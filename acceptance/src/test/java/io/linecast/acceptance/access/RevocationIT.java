package io.linecast.acceptance.access;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.linecast.acceptance.BlackBox;
import io.linecast.acceptance.LineClient;
import io.linecast.acceptance.ServerUnderTest;
import io.linecast.acceptance.TokenStore;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A token that is revoked is worth nothing from then on, to whoever has come by it too. */
@BlackBox
class RevocationIT {

  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final TokenStore tokens = TokenStore.empty();
  private String ann;
  private String bob;
  private ServerUnderTest server;

  @BeforeEach
  void start() {
    ann = tokens.add("ann");
    bob = tokens.add("bob");
    server = ServerUnderTest.start("--web-port", "0", "--tokens", tokens.file().toString());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private LineClient acknowledged(String token) {
    LineClient client = server.connect();
    client.send("LINECAST/1 by-hand-1 token=" + token);
    assertThat(client.hear()).contains(" ok ");
    return client;
  }

  private Socket socket(String subprotocol) {
    return Socket.open(server, "/ws", subprotocol, "Authorization", "Bearer " + ann);
  }

  @Test
  void shouldEndItsConnectionsAndNobodyElses() {
    try (LineClient gone = acknowledged(ann);
        LineClient stays = acknowledged(bob);
        Socket plain = socket("");
        Socket linecast = socket("linecast.v1")) {
      assertThat(linecast.hear()).contains(" ok ");
      tokens.revoke("ann");

      assertThat(gone.hear()).startsWith("BYE auth ");
      gone.expectEnd();
      assertThat(linecast.hear()).startsWith("BYE auth ");
      assertThat(linecast.closeCode()).isEqualTo(1008);
      assertThat(plain.closeCode()).isEqualTo(1008);
      stays.send("SEND 1 still here");
      assertThat(stays.hear()).startsWith("SENT 1 ");
      await()
          .atMost(PATIENCE)
          .until(() -> Http.of(server).get("/api/status").body().contains("not permitted"));
    }
    try (LineClient again = server.connect()) {
      again.send("LINECAST/1 by-hand-1 token=" + ann);
      assertThat(again.hear()).contains(" no auth ");
    }
  }

  /** Whoever says hello while the token is revoked is refused, or let in and sent away. */
  @Test
  void shouldMissNoneThatComesAtThatMoment() throws Exception {
    Queue<LineClient> clients = new ConcurrentLinkedQueue<>();
    AtomicBoolean enough = new AtomicBoolean();
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      for (int i = 0; i < 2; i++) {
        threads.execute(
            () -> {
              while (!enough.get() && clients.size() < 5_000) {
                LineClient client = server.connect();
                client.send("LINECAST/1 by-hand-1 token=" + ann);
                clients.add(client);
              }
            });
      }
      await().until(() -> clients.size() > 100);
      tokens.revoke("ann");
      await().atMost(PATIENCE).until(this::isRefused);
      enough.set(true);
    }
    int sentAway = 0;
    for (LineClient client : clients) {
      List<String> heard = client.hearToTheEnd();
      assertThat(heard.getLast()).contains(" auth ");
      sentAway += heard.size() - 1;
      client.close();
    }
    assertThat(sentAway).as("some came before").isPositive();
  }

  private boolean isRefused() {
    return Http.bearer(server, ann).post("/lines", "x\n").statusCode() == 401;
  }

  @Test
  void shouldEndWhatItFollows() throws IOException {
    try (java.net.Socket events = follow("text/event-stream");
        java.net.Socket text = follow("text/plain")) {
      tokens.revoke("ann");
      assertThat(new String(restOf(events), US_ASCII)).endsWith("\r\n0\r\n\r\n");
      assertThat(isReset(text)).as("a text that is cut off is reset").isTrue();
    }
  }

  private java.net.Socket follow(String type) throws IOException {
    java.net.Socket socket = new java.net.Socket(server.host(), server.web("/").getPort());
    socket.setSoTimeout((int) PATIENCE.toMillis());
    String request =
        "GET /lines HTTP/1.1\r\nHost: localhost\r\nAccept: %s\r\nAuthorization: Bearer %s\r\n\r\n"
            .formatted(type, ann);
    socket.getOutputStream().write(request.getBytes(US_ASCII));
    byte[] status = socket.getInputStream().readNBytes("HTTP/1.1 200".length());
    assertThat(new String(status, US_ASCII)).isEqualTo("HTTP/1.1 200");
    return socket;
  }

  private static byte[] restOf(java.net.Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    return in.readAllBytes();
  }

  private static boolean isReset(java.net.Socket socket) {
    try {
      restOf(socket);
      return false;
    } catch (IOException e) {
      return String.valueOf(e.getMessage()).contains("reset");
    }
  }

  @Test
  void shouldEndConnectionsOfATokenThatAllowsSomethingElseNow() {
    try (LineClient client = acknowledged(ann)) {
      tokens.write(tokens.text().replaceFirst("listen,publish", "listen"));
      assertThat(client.hear()).startsWith("BYE auth ");
    }
    try (LineClient client = acknowledged(ann)) {
      client.send("SEND 1 x");
      assertThat(client.hear()).startsWith("FAIL 1 auth ");
    }
  }

  @Test
  void shouldKnowANewTokenWithoutARestart() {
    String eve = tokens.add("eve");
    await()
        .atMost(PATIENCE)
        .until(() -> Http.bearer(server, eve).post("/lines", "x\n").statusCode() == 200);
    assertThat(server.output()).doesNotContain(eve);
  }

  @Test
  void shouldKeepTheTokensOfBeforeWhileTheFileIsBroken() {
    String before = tokens.text();
    try (LineClient client = acknowledged(ann)) {
      tokens.write(before + "eve lc_pasted-by-mistake listen *\n");
      await().atMost(PATIENCE).until(() -> server.output().contains("line 4"));
      assertThat(server.output()).doesNotContain("pasted-by-mistake");
      client.send("SEND 1 x");
      assertThat(client.hear()).startsWith("SENT 1 ");
      acknowledged(bob).close();
    }
  }
}
