package io.linecast.acceptance.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.linecast.acceptance.BlackBox;
import io.linecast.acceptance.LineClient;
import io.linecast.acceptance.ServerUnderTest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the bodies of all requests may take together, and how long one holds up others. */
@BlackBox
class BodiesIT {

  private static final int BODY_BYTES = 64 << 10;
  private static final String POST = "POST /lines HTTP/1.1\r\nHost: localhost\r\n";
  private static final String LARGE = POST + "Content-Length: " + BODY_BYTES + "\r\n";

  @Test
  void shouldTurnAwayABodyThatOthersLeaveNoRoomFor() {
    try (ServerUnderTest server = start();
        RawHttp one = RawHttp.connect(server);
        RawHttp two = RawHttp.connect(server)) {
      fill(one);
      fill(two);
      await("that there is no room").until(() -> ask(server).startsWith("HTTP/1.1 503 "));

      assertThat(ask(server))
          .contains("\r\nretry-after: 1\r\n", "\r\nconnection: close\r\n")
          .contains("\"code\":\"overload\"", "--max-bodies");
      assertThat(inChunks(server)).startsWith("HTTP/1.1 503 ");
      assertThat(one.send("\n").readResponse()).startsWith("HTTP/1.1 200 ");
      assertThat(ask(server)).startsWith("HTTP/1.1 100 ");
    }
  }

  @Test
  void shouldGiveBackWhatABodyTookThatNeverCameWhole() {
    try (ServerUnderTest server = start()) {
      try (RawHttp one = RawHttp.connect(server);
          RawHttp two = RawHttp.connect(server)) {
        fill(one);
        fill(two);
        await("that there is no room").until(() -> ask(server).startsWith("HTTP/1.1 503 "));
      }

      await("that there is room").until(() -> ask(server).startsWith("HTTP/1.1 100 "));
      assertThat(new Posts(server).post("/lines", "x\n").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void shouldServeOthersInTheMiddleOfABody() {
    try (ServerUnderTest server =
        ServerUnderTest.start("--web-port", "0", "--event-loops", "1", "--max-body", "8m")) {
      assertThat(IntStream.range(0, 5).anyMatch(i -> isServedInTheMiddleOfABody(server)))
          .as("an answer before the last line of a body")
          .isTrue();
    }
  }

  /** Posts a body and asks for something else, once its lines come; that may be too late. */
  private static boolean isServedInTheMiddleOfABody(ServerUnderTest server) {
    int lines = 8 << 20;
    try (LineClient alice = LineClient.joined(server, 1).getFirst()) {
      CompletableFuture<HttpResponse<String>> answer =
          new Posts(server).begin("/lines", "\n".repeat(lines));
      alice.hear();
      long next = Status.of(server).channel("main").get("next").getAsLong();
      Posts.Receipt receipt = Posts.receipt(answer.join().body());
      assertThat(receipt.last() - receipt.first()).isEqualTo(lines - 1);
      return next <= receipt.last();
    }
  }

  private static ServerUnderTest start() {
    return ServerUnderTest.start(
        "--web-port", "0", "--max-body", "64k", "--max-bodies", "128k", "--max-line", "64k");
  }

  /** Sends a body but for its last byte. */
  private static void fill(RawHttp client) {
    client.send(LARGE + "\r\n" + "x".repeat(BODY_BYTES - 1));
  }

  /** What is said to whoever asks first whether it may send a body. */
  private static String ask(ServerUnderTest server) {
    try (RawHttp client = RawHttp.connect(server)) {
      String head = client.send(LARGE + "Expect: 100-continue\r\n\r\n").readHead();
      return head.contains(" 100 ") ? head : head + client.readToEnd();
    }
  }

  private static String inChunks(ServerUnderTest server) {
    try (RawHttp client = RawHttp.connect(server)) {
      client.send(POST + "Transfer-Encoding: chunked\r\n\r\n");
      client.trySend("4000\r\n" + "x".repeat(0x4000) + "\r\n");
      return client.readToEnd();
    }
  }
}
