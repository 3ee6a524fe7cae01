package io.linecast.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.linecast.core.SlowPolicy;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/** What a supervisor is told. */
class HealthIT {

  private static final String LIVE = "/health/live";
  private static final String READY = "/health/ready";

  /** Its answer tells that what follows it has been read too. */
  private static final String LIVE_REQUEST = "GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n";

  /** A request that has begun before the server stops, and ends after that. */
  private static final String SLOW_QUESTION =
      "GET /health/ready HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\n\r\n";

  @Test
  void shouldLiveAndBeReady() throws IOException {
    try (MonitoredServer server = new MonitoredServer(ServerOptions.builder())) {
      assertThat(server.get(LIVE).statusCode()).isEqualTo(200);
      assertThat(server.get(READY).statusCode()).isEqualTo(200);
      assertThat(server.get(READY).body()).isEqualTo("ok\n");
      assertThat(server.scrape().value("linecast_ready", "")).isEqualTo(1);
    }
  }

  @Test
  void shouldLiveAndNotBeReadyWhileSendersWait() throws IOException {
    ServerOptionsBuilder options =
        ServerOptions.builder().eventLoops(1).windowBytes(1 << 20).slow(SlowPolicy.STALL);
    try (MonitoredServer server = new MonitoredServer(options)) {
      Socket idle = server.line(""); // reads nothing
      Socket talker = server.line("");
      Thread talk = Thread.ofVirtual().start(() -> talkOn(talker));

      await().until(() -> server.get(READY).statusCode() == 503);

      HttpResponse<String> notReady = server.get(READY);
      assertThat(notReady.body()).contains("\"code\":\"overload\"");
      assertThat(notReady.headers().firstValue("retry-after")).isPresent();
      assertThat(server.get(LIVE).statusCode()).isEqualTo(200);
      Exposition told = server.scrape();
      assertThat(told.value("linecast_ready", "")).isZero();
      assertThat(told.value("linecast_refused_total", "code=overload"))
          .as("a probe's answer is no refusal")
          .isZero();

      idle.close();
      talker.close();
      await().until(() -> server.get(READY).statusCode() == 200);
      assertThat(talk.isInterrupted()).isFalse();
    }
  }

  private static void talkOn(Socket talker) {
    byte[] line = ("x".repeat(999) + "\n").getBytes(UTF_8);
    try {
      while (!talker.isClosed()) {
        talker.getOutputStream().write(line);
      }
    } catch (IOException closed) {
      // As it is to be.
    }
  }

  @Test
  void shouldNotBeReadyWhileItStops() throws IOException {
    try (MonitoredServer server = new MonitoredServer(ServerOptions.builder())) {
      Socket probe = server.web(LIVE_REQUEST + SLOW_QUESTION);
      MonitoredServer.readThrough(probe, "ok");

      server.server().stopSoon();
      await().untilAsserted(() -> assertThat(server.accepts()).isFalse());
      probe.getOutputStream().write('x');

      MonitoredServer.readThrough(probe, "\"code\":\"shutting-down\"");
      assertThat(server.server().awaitStopped().channels()).hasSize(1);
    }
  }
}
