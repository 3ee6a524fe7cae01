package io.linecast.acceptance.web;

import static io.linecast.acceptance.web.WebSocketIT.HANDSHAKE;
import static io.linecast.acceptance.web.WebSocketIT.chars;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.linecast.acceptance.ServerUnderTest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What becomes of what was under way, either way, when a WebSocket of plain lines ends. */
class DepartureIT extends OnWebServer {

  /** More bytes than a window and a socket hold. */
  private static final int LINES_HELD = 170;

  @Test
  void shouldPublishWhatCameBeforeAResetThoughSendersHadToWait() {
    try (ServerUnderTest stalling =
            ServerUnderTest.start(
                "--web-port", "0", "--slow=stall", "--window=1m", "--event-loops=1");
        MessageClient alice = MessageClient.plain(stalling, "/ws");
        RawHttp stuck = RawHttp.connect(stalling, 8 << 10).send(HANDSHAKE);
        RawHttp leaving = RawHttp.connect(stalling)) {
      stuck.readHead();
      List<CompletableFuture<?>> posts = holdSenders(stalling);
      leaving.send(HANDSHAKE).readHead();
      leaving.send(chars("81850000000066697273748184000000006c617374898100000000" + "70"));
      assertThat(leaving.read(3)).isEqualTo(chars("8a01") + "p");
      leaving.reset();
      assertThat(readiness(stalling)).as("once the loop has seen the reset").contains(" 503 ");
      stuck.reset();

      CompletableFuture.allOf(posts.toArray(CompletableFuture[]::new)).join();
      assertThat(Stream.generate(alice::hear).limit(LINES_HELD + 2).filter(l -> l.length() < 9))
          .containsExactly("first", "last");
    }
  }

  /** Has somebody who does not read make everybody wait; returns the posts that wait. */
  private static List<CompletableFuture<?>> holdSenders(ServerUnderTest server) {
    Posts posts = new Posts(server);
    List<CompletableFuture<?>> begun = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      begun.add(posts.begin("/lines", ("x".repeat(60_000) + "\n").repeat(LINES_HELD / 10)));
    }
    await("that senders are held").until(() -> readiness(server), head -> head.contains(" 503 "));
    return begun;
  }

  private static String readiness(ServerUnderTest server) {
    try (RawHttp probe = RawHttp.connect(server)) {
      return probe.request("GET /health/ready").readHead();
    }
  }

  @Test
  void shouldReadTheGoodByeBehindWhatItIsOwedThoughItSaysNoMore() {
    RawHttp late = keep(RawHttp.connect(server, 8 << 10)).send(HANDSHAKE);
    late.readHead();
    MessageClient quick = webSocket("/ws");
    for (int i = 0; i < LINES_HELD; i++) {
      posts().accepted("/lines", "x".repeat(60_000) + "\n");
      quick.hear();
    }
    late.send(chars("81810000000080")).halfClose();

    assertThat(late.readToEnd()).endsWith(chars("03ef") + "a text is not UTF-8");
  }
}
