package io.linecast.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class StatusFollowerIT {

  private static final String END = "";
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofSeconds(3);

  private final BlockingQueue<String> sent = new LinkedBlockingQueue<>();
  private final AtomicInteger connections = new AtomicInteger();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/api/status", this::serve);
    server.setExecutor(threads);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
    threads.shutdownNow();
  }

  @Test
  void shouldHearEachStatus() throws StatusException {
    sent.add(": it is there\n\n" + event("a"));
    try (StatusFollower follower = follower(PATIENCE)) {
      assertThat(follower.start().status().version()).isEqualTo("a");
      sent.add(event("b"));
      await().until(() -> version(follower).equals("b"));
      assertThat(connections).hasValue(1);
    }
  }

  @Test
  void shouldConnectAgainAndKeepTheLastStatusMeanwhile() throws StatusException {
    sent.add(event("a"));
    try (StatusFollower follower = follower(PATIENCE)) {
      StatusNews first = follower.start();
      sent.add(END);
      await().until(() -> follower.news().orElseThrow().trouble().isPresent());
      assertThat(follower.news()).contains(first.lost("the server has ended the connection"));
      sent.add(event("b"));
      await().until(() -> version(follower).equals("b"));
      assertThat(follower.news().orElseThrow().trouble()).isEmpty();
      assertThat(connections).hasValue(2);
    }
  }

  @Test
  void shouldConnectAgainWhenTheServerIsSilent() throws StatusException {
    sent.add(event("a"));
    try (StatusFollower follower = follower(SHORT)) {
      follower.start();
      await().atMost(PATIENCE).until(() -> follower.news().orElseThrow().trouble().isPresent());
      assertThat(follower.news().orElseThrow().trouble()).contains("the server is silent");
      // The first connection waits for it too, and finds out only now that nobody is there.
      await()
          .atMost(PATIENCE)
          .until(
              () -> {
                sent.add(event("b"));
                return version(follower).equals("b");
              });
      assertThat(connections).hasValueGreaterThan(1);
    }
  }

  @Test
  void shouldGiveUpAtOnceWhatWasNeverThere() {
    sent.add(END);
    assertThatThrownBy(() -> follower(PATIENCE).start())
        .isInstanceOfSatisfying(
            StatusException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.NO_CONNECTION))
        .hasMessage("the server has ended the connection");
    assertThat(connections).hasValue(1);
  }

  @Test
  void shouldNotTakeOtherEventsForAServersStatus() {
    sent.add("data: hello\n\n");
    assertThatThrownBy(() -> follower(PATIENCE).start())
        .isInstanceOfSatisfying(
            StatusException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.REFUSED))
        .hasMessageContaining("it sends no status");
  }

  @Test
  void shouldSayWhyWhenSomethingElseIsThereLater() throws StatusException {
    sent.add(event("a"));
    try (StatusFollower follower = follower(PATIENCE)) {
      follower.start();
      server.removeContext("/api/status");
      sent.add(END);
      await()
          .untilAsserted(
              () ->
                  assertThat(follower.news().orElseThrow().trouble().orElse(""))
                      .contains("answers 404"));
      assertThat(version(follower)).isEqualTo("a");
    }
  }

  private static String event(String version) {
    return "data: {\"version\":\"%s\",\"channels\":[]}\n\n".formatted(version);
  }

  private static String version(StatusFollower follower) {
    return follower.news().orElseThrow().status().version();
  }

  private StatusFollower follower(Duration silence) {
    URI uri = StatusClient.uri("http://127.0.0.1:" + server.getAddress().getPort());
    return new StatusFollower(new StatusClient(uri, PATIENCE), silence, InstantSource.system());
  }

  private void serve(HttpExchange exchange) throws IOException {
    connections.incrementAndGet();
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
    exchange.sendResponseHeaders(200, 0);
    try (OutputStream body = exchange.getResponseBody()) {
      body.flush();
      for (String next = sent.take(); !next.equals(END); next = sent.take()) {
        body.write(next.getBytes(UTF_8));
        body.flush();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
