package io.linecast.acceptance.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.linecast.acceptance.BlackBox;
import io.linecast.acceptance.ServerUnderTest;
import io.linecast.acceptance.Unchanged;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of those who send while senders wait. */
@BlackBox
class HeldSendersIT {

  /** More than sockets hold. */
  private static final int MEGABYTES_MAX = 64;

  @ParameterizedTest
  @ValueSource(strings = {"", "linecast.v1"})
  void shouldNotReadOnWhoeverSendsAFrameWithItsHandshake(String subprotocol) {
    try (HeldServer held = HeldServer.start();
        RawHttp client = held.connect()) {
      client.send(RawHttp.handshake("/ws", subprotocol) + RawHttp.frame("SEND 1 early"));
      client.readHead();
      String megabyte = RawHttp.frame("y".repeat(1_000)).repeat(1_000);
      AtomicInteger sent = new AtomicInteger();
      Thread.ofVirtual()
          .start(
              () -> {
                while (sent.get() < MEGABYTES_MAX && client.trySend(megabyte)) {
                  sent.incrementAndGet();
                }
              });

      await("that nothing moves")
          .during(Duration.ofMillis(800))
          .atMost(Duration.ofSeconds(20))
          .until(new Unchanged(sent::get));
      assertThat(sent).as("megabytes that were read").hasValueLessThan(MEGABYTES_MAX);
    }
  }

  @Test
  void shouldForgetTheBodyOfWhoeverLeavesWhileItWaits() {
    try (HeldServer held = HeldServer.start("--request-time", "5s", "--max-bodies", "1m")) {
      try (RawHttp leaving = held.connect()) {
        leaving.send(post("/lines", "abandoned\n".repeat(100_000)));
        await("that there is no room for another").until(() -> isTurnedAway(held));
      }
      await("that there is").until(() -> !isTurnedAway(held));
      try (RawHttp reader = held.connect().request("GET /lines")) {
        reader.readHead();
        held.release();
        CompletableFuture<Void> published =
            new Posts(held.server())
                .begin("/lines", "after\n")
                .thenAccept(answer -> reader.halfClose());

        // A whole line, the first that it hears or a later one.
        assertThat("\n" + reader.readToEnd()).contains("\nafter\n").doesNotContain("abandoned");
        published.join();
      }
    }
  }

  /** Whether a body finds no room: one that says that it will come, and does not. */
  private static boolean isTurnedAway(HeldServer held) {
    try (RawHttp client = held.connect()) {
      client.send("POST /lines HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\n");
      return !client.send("Content-Length: 1000000\r\n\r\n").readHead().contains(" 100 ");
    }
  }

  @Test
  void shouldTellWhoeverHasEndedItsSendingThatItIsWaitedWithNoLonger() {
    try (HeldServer held = HeldServer.start("--request-time", "1s");
        RawHttp client = held.connect()) {
      client.send(post("/lines", "x\n")).halfClose();

      assertThat(client.readToEnd())
          .startsWith("HTTP/1.1 503 ")
          .contains("\"code\":\"overload\"")
          .doesNotContain("\"first\"");
    }
  }

  @Test
  void shouldTellWhoeverHasEndedItsSendingWhatWasPublished() {
    try (ServerUnderTest server = ServerUnderTest.start("--web-port", "0", "--request-time", "1s");
        MessageClient never = MessageClient.acknowledged(server, "/ws");
        RawHttp client = RawHttp.connect(server)) {
      client.send(post("/lines?ack=done", "x\n")).halfClose();

      assertThat(client.readToEnd()).startsWith("HTTP/1.1 503 ").contains("\"first\":1,\"last\":1");
      assertThat(never.hear()).isEqualTo("LINE 1 x");
    }
  }

  private static String post(String path, String body) {
    String head = "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: ";
    return head + body.length() + "\r\n\r\n" + body;
  }
}
