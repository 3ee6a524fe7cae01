package io.linecast.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.function.Predicate.not;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.linecast.server.ServerOptions.LinePort;
import io.linecast.server.metrics.Metric;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a running server tells Prometheus. */
class MetricsIT {

  private static final String UPGRADE =
      String.join(
          "\r\n",
          "Host: localhost",
          "Upgrade: websocket",
          "Connection: Upgrade",
          "Sec-WebSocket-Version: 13",
          "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
          "");
  private static final String EVENTS =
      "GET /lines HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n";
  private static final String LINES = "GET /lines HTTP/1.1\r\nHost: localhost\r\n\r\n";
  private static final String SOCKET = "GET /ws HTTP/1.1\r\n" + UPGRADE + "\r\n";

  private MonitoredServer server;

  @BeforeEach
  void start() {
    server =
        new MonitoredServer(
            ServerOptions.builder()
                .eventLoops(2)
                .maxLineBytes(1024)
                .maxConnections(20)
                .lines(List.of(new LinePort(0, "ships"))));
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  @Test
  void shouldExportWhatIsDocumentedAndNothingElseOfItsOwn() {
    Exposition told = server.scrape();
    Set<String> documented =
        Arrays.stream(Metric.values()).flatMap(Metric::seriesNames).collect(Collectors.toSet());

    assertThat(told.names().stream().filter(name -> name.startsWith("linecast_")))
        .containsExactlyInAnyOrderElementsOf(documented);
    for (Metric metric : Metric.values()) {
      String name = metric.exportedName();
      assertThat(told.types()).containsEntry(name, metric.type().name().toLowerCase(Locale.ROOT));
      assertThat(told.helped()).contains(name);
    }
  }

  @Test
  void shouldTellOfTheProcess() {
    assertThat(server.scrape().names())
        .contains(
            "jvm_memory_used_bytes",
            "jvm_threads_live_threads",
            "jvm_gc_memory_allocated_bytes_total",
            "process_cpu_usage",
            "process_files_open_files",
            "process_start_time_seconds");
  }

  @Test
  void shouldCountWhatWasSentOnEachWire() throws IOException {
    Socket plain = server.line("");
    List<Socket> others =
        List.of(
            server.line("LINECAST/1 metrics-1\n"),
            server.web(SOCKET),
            server.web(EVENTS),
            server.web(LINES));
    awaitListeners(5);

    plain.getOutputStream().write("one\ntwo\n".getBytes(UTF_8));
    assertThat(server.post("/lines", "three\n").statusCode()).isEqualTo(200);
    for (Socket other : others) {
      MonitoredServer.readThrough(other, "three");
    }
    MonitoredServer.readThrough(plain, "three");

    Exposition told = server.scrape();
    assertThat(told.main("linecast_lines_accepted_total")).isEqualTo(3);
    assertThat(told.main("linecast_bytes_accepted_total")).isEqualTo(14);
    assertThat(told.main("linecast_deliveries_eligible_total")).isEqualTo(2 * 4 + 5);
    assertThat(told.main("linecast_deliveries_delivered_total")).isEqualTo(2 * 4 + 5);
    assertBalanced(told);
    for (Wire wire : Wire.values()) {
      assertThat(told.value("linecast_connections", "channel=main, wire=" + wire.word()))
          .as(wire.word())
          .isEqualTo(1);
    }
    assertThat(told.value("linecast_connections", "channel=, wire=http"))
        .as("those that only ask, and this one")
        .isPositive();
    assertThat(told.sum("linecast_connections")).isEqualTo(server.server().connections());
    assertThat(told.value("linecast_lines_accepted_total", "channel=ships")).isZero();
    assertThat(told.main("linecast_delivery_latency_seconds_count")).isPositive();
    assertThat(told.main("linecast_feed_kept_bytes")).isPositive();
    assertThat(told.main("linecast_feed_window_bytes")).isEqualTo(64 << 20);
    assertThat(told.value("linecast_connections_max", "")).isEqualTo(20);
  }

  @Test
  void shouldTakeNothingBackWhenClientsLeave() throws IOException {
    Socket talker = server.line("");
    Socket quick = server.line("");
    Socket idle = server.web(EVENTS); // reads nothing
    awaitListeners(3);
    talker.getOutputStream().write(("x".repeat(999) + "\n").repeat(5_000).getBytes(UTF_8));
    talker.getOutputStream().write("last\n".getBytes(UTF_8));
    MonitoredServer.readThrough(quick, "last");
    Exposition before = server.scrape();
    assertBalanced(before);
    assertThat(before.main("linecast_deliveries_pending")).isPositive();

    quick.close();
    idle.close();
    await().untilAsserted(() -> assertThat(server.server().connections()).isEqualTo(2));

    Exposition after = server.scrape();
    assertBalanced(after);
    assertThat(after.main("linecast_deliveries_pending")).isZero();
    assertThat(after.main("linecast_deliveries_lost_with_departed_total")).isPositive();
    assertThat(after.main("linecast_deliveries_delivered_total"))
        .isGreaterThanOrEqualTo(before.main("linecast_deliveries_delivered_total"));
    assertThat(after.value("linecast_connections_closed_total", "reason=gone")).isPositive();
  }

  @Test
  void shouldCountWhyConnectionsEndAndWhatWasRefused() throws IOException {
    MonitoredServer.readThrough(server.line("LINECAST/2 metrics-1\n"), "no version");
    MonitoredServer.readThrough(server.line("LINECAST/1 metrics-1 channel=none\n"), "no channel");
    assertThat(server.get("/nothing").statusCode()).isEqualTo(404);
    assertThat(server.post("/channels/none/lines", "x\n").statusCode()).isEqualTo(404);
    try (Socket finished = server.line("one\n")) {
      finished.shutdownOutput();
      assertThat(finished.getInputStream().read()).isEqualTo(-1);
    }
    try (Socket talker = server.line("x".repeat(2000) + "\n")) {
      talker.shutdownOutput();
      assertThat(talker.getInputStream().read()).isEqualTo(-1);
    }

    await()
        .untilAsserted(
            () -> {
              Exposition told = server.scrape();
              assertThat(told.value("linecast_refused_total", "code=version")).isEqualTo(1);
              assertThat(told.value("linecast_refused_total", "code=channel")).isEqualTo(2);
              assertThat(told.value("linecast_refused_total", "code=not-found")).isEqualTo(1);
              assertThat(told.value("linecast_refused_total", "code=full")).isZero();
              assertThat(told.main("linecast_lines_too_long_total")).isEqualTo(1);
              assertThat(told.value("linecast_connections_closed_total", "reason=finished"))
                  .isEqualTo(2);
            });
  }

  @Test
  void shouldCountWhoIsOneTooMany() throws IOException {
    server.scrape(); // whose connection is kept
    while (server.server().connections() < 20) {
      server.line("");
      await().until(() -> server.server().connections() > 0);
    }
    Socket tooMany = server.line("");
    assertThat(tooMany.getInputStream().read()).isEqualTo(-1);

    Exposition told = server.scrape();
    assertThat(told.value("linecast_refused_total", "code=full")).isPositive();
    assertThat(told.value("linecast_connections_closed_total", "reason=full")).isPositive();
  }

  @Test
  void shouldSampleLags() throws IOException {
    server.line("");
    awaitListeners(1);

    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () -> assertThat(server.scrape().main("linecast_lag_lines_count")).isPositive());
    Exposition told = server.scrape();
    assertThat(told.samples())
        .containsKeys(
            "linecast_lag_lines_bucket{channel=main, le=1.0}",
            "linecast_lag_bytes_bucket{channel=main, le=1024.0}",
            "linecast_lag_seconds_bucket{channel=main, le=60.0}",
            "linecast_delivery_latency_seconds_bucket{channel=main, le=0.001}",
            "linecast_sweep_seconds_bucket{channel=main, le=1.0E-5}",
            "linecast_sweep_seconds_bucket{channel=main, le=10.0}");
    assertThat(told.samples().keySet().stream().filter(not(name -> name.contains("bucket"))))
        .contains("linecast_lag_seconds_sum{channel=main}");
  }

  private void awaitListeners(int count) {
    await()
        .untilAsserted(
            () -> {
              Exposition told = server.scrape();
              double all =
                  Arrays.stream(Wire.values())
                      .mapToDouble(
                          wire ->
                              told.value(
                                  "linecast_connections", "channel=main, wire=" + wire.word()))
                      .sum();
              assertThat(all).isEqualTo(count);
            });
  }

  private static void assertBalanced(Exposition told) {
    assertThat(told.main("linecast_deliveries_eligible_total"))
        .as("eligible = delivered + skipped + lost + pending")
        .isEqualTo(told.mainAccountedFor());
  }
}
