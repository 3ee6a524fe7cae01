package io.linecast.acceptance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How fast a client may send, and how long a hello may take. */
@BlackBox
class SendRateIT {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Test
  void shouldReadLinesOfAPlainSenderMoreSlowlyAndLoseNone() {
    try (ServerUnderTest server = start("--max-lines-rate", "100");
        LineClient fast = server.connect();
        LineClient calm = server.connect();
        LineClient bob = server.connect()) {
      Fence.gather(server, fast, calm, bob);
      long begin = System.nanoTime();
      fast.send(IntStream.range(0, 600).mapToObj(i -> "fast " + i).toArray(String[]::new));
      long fastMeanwhile = 0;
      for (int i = 0; i < 10; i++) {
        calm.send("calm " + i);
        fastMeanwhile += bob.hearThrough("calm " + i);
      }
      assertThat(fastMeanwhile).as("fast lines before the last calm one").isLessThan(450);
      fast.halfClose();
      assertThat(calm.hear(600)).startsWith("fast 0").endsWith("fast 599");
      assertThat(since(begin))
          .as("time for 600 lines at 100 a second, 100 of them at once")
          .isBetween(Duration.ofSeconds(4), PATIENCE);
      assertThat(Figures.of(server).limited("max-lines-rate")).isPositive();
      assertThat(server.output()).contains("(--max-lines-rate)");
    }
  }

  @Test
  void shouldReadBytesMoreSlowlyAndLetALargeLineThrough() {
    try (ServerUnderTest server = start("--max-bytes-rate", "10k");
        LineClient alice = server.connect();
        LineClient bob = server.connect()) {
      Fence.gather(server, alice, bob);
      String large = "x".repeat(60_000);
      long begin = System.nanoTime();
      alice.send(large, "behind it");
      assertThat(bob.hear()).isEqualTo(large);
      assertThat(since(begin)).isLessThan(Duration.ofSeconds(4));
      assertThat(bob.hear()).isEqualTo("behind it");
      assertThat(since(begin))
          .as("time until 50 of 60 kB are made up for at 10 kB a second")
          .isBetween(Duration.ofMillis(4_200), PATIENCE);
      assertThat(Figures.of(server).limited("max-bytes-rate")).isPositive();
    }
  }

  @Test
  void shouldCountWhatIsThrownAway() {
    try (ServerUnderTest server = start("--max-bytes-rate", "100k", "--max-line", "100");
        LineClient alice = server.connect();
        LineClient bob = server.connect()) {
      Fence.gather(server, alice, bob);
      long begin = System.nanoTime();
      alice.sendBytes("x".repeat(300_000).getBytes(ISO_8859_1));
      alice.send("", "at last");
      assertThat(bob.hear()).isEqualTo("at last");
      assertThat(since(begin)).isGreaterThan(Duration.ofMillis(1_500));
    }
  }

  @Test
  void shouldTellWhoeverPostsTooMuchWhenToComeAgain() throws Exception {
    try (ServerUnderTest server = start("--max-lines-rate", "5");
        HttpClient http = HttpClient.newHttpClient();
        LineClient bob = server.connect()) {
      Fence.gather(server, bob);
      URI lines = server.web("/lines");
      assertThat(post(http, lines, "first\n".repeat(30)).statusCode()).isEqualTo(200);
      HttpResponse<String> refused = post(http, lines, "too much\n");
      assertThat(refused.statusCode()).isEqualTo(429);
      assertThat(refused.body()).contains("\"code\":\"rate\"");
      assertThat(refused.headers().firstValueAsLong("retry-after").orElseThrow()).isBetween(1L, 6L);
      assertThat(bob.hear(30)).containsOnly("first");
      await("that it may post again")
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(200))
          .until(() -> post(http, lines, "again\n").statusCode() == 200);
      assertThat(bob.hear()).isEqualTo("again");
      assertThat(Figures.of(server).value("linecast_refused_total{code=\"rate\"}")).isPositive();
    }
  }

  @Test
  void shouldCloseWhoDoesNotFinishAHelloAndNobodyElse() {
    try (ServerUnderTest server = start("--hello-time", "1s");
        LineClient plain = server.connect();
        LineClient silent = server.connect();
        LineClient bob = server.connect();
        LineClient slow = server.connect()) {
      Fence.gather(server, plain, silent, bob, slow);
      plain.sendBytes("LINE".getBytes(ISO_8859_1));
      long begin = System.nanoTime();
      slow.sendBytes("LINECAST/1 half-a-hello".getBytes(ISO_8859_1));
      assertThat(slow.hearUntilGone()).isEmpty();
      assertThat(since(begin))
          .as("less than the usual 10 s")
          .isBetween(Duration.ofMillis(800), Duration.ofSeconds(9));
      plain.send(" and more");
      assertThat(bob.hear()).isEqualTo("LINE and more");
      assertThat(silent.hear()).isEqualTo("LINE and more");
      assertThat(Figures.of(server).limited("hello-time")).isEqualTo(1);
      assertThat(server.output()).contains("(--hello-time)");
    }
  }

  private static HttpResponse<String> post(HttpClient http, URI to, String body) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(to).POST(BodyPublishers.ofString(body)).build();
    return http.send(request, BodyHandlers.ofString());
  }

  private static Duration since(long nanos) {
    return Duration.ofNanos(System.nanoTime() - nanos);
  }

  private static ServerUnderTest start(String... options) {
    return new ServerLauncher().with(options).with("--web-port", "0").start();
  }
}
