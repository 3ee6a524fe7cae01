package io.linecast.acceptance.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.linecast.acceptance.LineClient;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes of a POST. */
class PublishIT extends OnWebServer {

  private static final int LINE_MAX_BYTES = 64 << 10;

  @Test
  void shouldPublishEachLineOfABody() {
    LineClient alice = joinPlain();
    Posts.Receipt receipt = posts().accepted("/lines", "one\n\nthree\n");

    assertThat(alice.hear(3)).containsExactly("one", "", "three");
    assertThat(receipt.last()).isEqualTo(receipt.first() + 2);
    assertThat(receipt.clients()).isPositive();
  }

  @Test
  void shouldEndALastLineThatHasNoEnd() {
    LineClient alice = joinPlain();
    posts().accepted("/lines", "one\ntwo");
    posts().accepted("/lines", "three");

    assertThat(alice.hear(3)).containsExactly("one", "two", "three");
  }

  @Test
  void shouldTakeEveryByteAsItIs() {
    LineClient alice = joinPlain();
    String all =
        IntStream.range(0, 256)
            .filter(b -> b != '\n')
            .mapToObj(b -> String.valueOf((char) b))
            .collect(Collectors.joining());
    posts().accepted("/lines", all, "Content-Type", "application/octet-stream");

    assertThat(new String(alice.hearBytes(), ISO_8859_1)).isEqualTo(all);
  }

  @Test
  void shouldPublishToTheChannelOfThePath() {
    LineClient main = joinPlain();
    LineClient ships = keep(server.connectTo("ships"));
    long clients = 0;
    while (clients == 0) {
      clients = posts().accepted("/channels/ships/lines", "ahoy").clients();
    }
    posts().accepted("/channels/main/lines", "hello");

    assertThat(ships.hear()).isEqualTo("ahoy");
    assertThat(main.hear()).isEqualTo("hello");
  }

  @Test
  void shouldKeepTheOrderOfALargeBody() {
    LineClient alice = joinPlain();
    int lines = 40_000;
    String body =
        IntStream.range(0, lines).mapToObj(i -> "line " + i + "\n").collect(Collectors.joining());
    assertThat(body.length()).isGreaterThan(5 * LINE_MAX_BYTES);
    CompletableFuture<HttpResponse<String>> answer = posts().begin("/lines?ack=written", body);

    for (int i = 0; i < lines; i++) {
      assertThat(alice.hear()).isEqualTo("line " + i);
    }
    Posts.Receipt receipt = Posts.receipt(answer.join().body());
    assertThat(receipt.last() - receipt.first()).isEqualTo(lines - 1);
  }

  @Test
  void shouldAnswerOnceEverybodyHasDealtWithTheLines() {
    MessageClient bob = linecast("/ws?listen=yes");
    CompletableFuture<HttpResponse<String>> answer = posts().begin("/lines?ack=done", "one\ntwo\n");
    long first = number(bob.hear());
    long second = number(bob.hear());
    bob.send("DONE " + first, "PING still there");

    assertThat(bob.hear()).isEqualTo("PONG still there");
    assertThat(answer).isNotDone();

    bob.send("DONE " + second);
    assertThat(Posts.receipt(answer.join().body()).last()).isEqualTo(second);
  }

  @Test
  void shouldMakeNoSecondLineOfARetry() {
    LineClient alice = joinPlain();
    String[] name = publisher(1);
    Posts.Receipt receipt = posts().accepted("/lines", "one\ntwo\n", name);

    assertThat(posts().accepted("/lines?ack=written", "one\ntwo\n", name)).isEqualTo(receipt);
    Posts.Receipt more = posts().accepted("/lines", "one\ntwo\nthree\n", name);

    assertThat(more.first()).isEqualTo(receipt.first());
    assertThat(more.last()).isEqualTo(receipt.last() + 1);
    assertThat(alice.hear(3)).containsExactly("one", "two", "three");
  }

  @Test
  void shouldTakeNoMoreNumberedLinesThanItRemembers() {
    int most = 10_000;
    String[] name = publisher(1);
    String body = "x\n".repeat(most);
    assertProblem(posts().post("/lines", body + "x\n", name), 413, "request-entity-too-large");
    Posts.Receipt receipt = posts().accepted("/lines", body, name);

    assertThat(receipt.last() - receipt.first()).isGreaterThanOrEqualTo(most - 1);
    assertThat(posts().accepted("/lines", body, name)).isEqualTo(receipt);
  }

  @Test
  void shouldGoOnWithAPublishersNumbersOnAnyWire() {
    LineClient alice = joinPlain();
    String[] name = publisher(1);
    Posts.Receipt receipt = posts().accepted("/lines", "one\n", name);
    MessageClient again = linecast("/ws?listen=no&publisher=" + name[1]);
    again.send("SEND 1 one", "SEND 2 two");

    assertThat(again.hear()).startsWith("SENT 1 " + receipt.first() + " ");
    assertThat(again.hear()).startsWith("SENT 2 ");
    name[3] = "2";
    posts().accepted("/lines", "two\nthree\n", name);
    assertThat(again.hear(2)).first().asString().startsWith("BYE duplicate");
    assertThat(alice.hear(3)).containsExactly("one", "two", "three");
  }

  @Test
  void shouldRefuseANumberThatWasPassedOver() {
    String[] name = publisher(5);
    posts().accepted("/lines", "five\n", name);
    name[3] = "4";
    HttpResponse<String> response = posts().post("/lines", "four\n", name);

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).contains("\"code\":\"bad-number\"");
  }

  @ParameterizedTest
  @CsvSource({
    "/lines?ack=never, 400, bad-request",
    "/channels/planes/lines, 404, channel",
    "/nothing, 404, not-found",
    "/health/live, 405, method-not-allowed",
  })
  void shouldSayWhatIsWrongWithARequest(String path, int status, String code) {
    HttpResponse<String> response = posts().post(path, "x\n");

    assertProblem(response, status, code);
  }

  @Test
  void shouldWantAtLeastOneLine() {
    assertProblem(posts().post("/lines", ""), 400, "bad-request");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Linecast-Publisher", "Linecast-Number"})
  void shouldWantAPublisherAndItsNumberTogether(String header) {
    assertProblem(posts().post("/lines", "x\n", header, "1"), 400, "bad-request");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "x", "9223372036854775807", ""})
  void shouldWantANumber(String number) {
    HttpResponse<String> response =
        posts().post("/lines", "x\n", "Linecast-Publisher", "me", "Linecast-Number", number);

    assertProblem(response, 400, "bad-number");
  }

  @Test
  void shouldRefuseWhatIsNoLines() {
    assertProblem(
        posts().post("/lines", "x\n", "Content-Type", "multipart/form-data; boundary=x"),
        415,
        "unsupported-media-type");
    assertProblem(
        posts().post("/lines", "x\n", "Content-Encoding", "gzip"), 415, "unsupported-media-type");
  }

  @Test
  void shouldPublishNothingOfABodyWithALineThatIsTooLong() {
    LineClient alice = joinPlain();
    String longest = "x".repeat(LINE_MAX_BYTES - 1) + "\n";
    assertProblem(posts().post("/lines", "a\n" + longest + "x" + longest), 413, "too-long");
    posts().accepted("/lines", longest + "b\n");

    assertThat(alice.hear()).hasSize(LINE_MAX_BYTES - 1);
    assertThat(alice.hear()).isEqualTo("b");
  }

  @Test
  void shouldRefuseABodyThatIsTooLarge() {
    HttpResponse<String> response = posts().post("/lines", "x\n".repeat((1 << 19) + 1));

    assertProblem(response, 413, "request-entity-too-large");
    assertThat(posts().accepted("/lines", "x\n".repeat(1 << 19)).first()).isPositive();
  }

  private static void assertProblem(HttpResponse<String> response, int status, String code) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(response.headers().firstValue("content-type")).contains("application/problem+json");
    assertThat(response.body())
        .contains("\"status\":" + status + ",")
        .contains("\"code\":\"" + code + "\"")
        .contains("\"type\":\"urn:linecast:problem:" + code + "\"")
        .contains("\"title\":\"")
        .contains("\"detail\":\"");
  }

  /** The headers of a publisher that nobody else is. */
  private static String[] publisher(long number) {
    String name = "p" + Long.toHexString(ThreadLocalRandom.current().nextLong());
    return new String[] {"Linecast-Publisher", name, "Linecast-Number", Long.toString(number)};
  }

  private static long number(String line) {
    assertThat(line).startsWith("LINE ");
    return Long.parseLong(line.split(" ", 3)[1]);
  }
}
