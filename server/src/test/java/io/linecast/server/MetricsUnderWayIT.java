package io.linecast.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What a server tells Prometheus while lines flow, and clients come and leave. */
class MetricsUnderWayIT {

  private static final int SCRAPES = 60;
  private static final String EVENTS =
      "GET /lines HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n";

  @Test
  void shouldTakeNothingBackAndBalanceInTheEnd() throws Exception {
    try (MonitoredServer server = new MonitoredServer(ServerOptions.builder().eventLoops(2))) {
      AtomicBoolean stop = new AtomicBoolean();
      Socket talker = server.line("");
      Thread talk = Thread.ofVirtual().start(() -> talkUntil(stop, talker));
      List<Socket> guests = new ArrayList<>();
      Exposition before = server.scrape();
      for (int i = 0; i < SCRAPES; i++) {
        guests.add(i % 2 == 0 ? server.line("") : server.web(EVENTS)); // read nothing
        if (guests.size() > 3) {
          guests.removeFirst().close();
        }
        Exposition now = server.scrape();
        assertThatNothingWasTakenBack(before, now);
        before = now;
      }
      stop.set(true);
      talk.join();
      talker.shutdownOutput();
      MonitoredServer.readToEnd(talker);

      assertThat(server.scrape().main("linecast_deliveries_lost_with_departed_total")).isPositive();
      server.awaitBalance();
    }
  }

  private static void talkUntil(AtomicBoolean stop, Socket talker) {
    byte[] lines = "a line of those that flow meanwhile\n".repeat(100).getBytes(UTF_8);
    try {
      while (!stop.get()) {
        talker.getOutputStream().write(lines);
      }
    } catch (IOException e) {
      throw new IllegalStateException("the talker was cut off", e);
    }
  }

  private static void assertThatNothingWasTakenBack(Exposition before, Exposition now) {
    for (Map.Entry<String, Double> sample : before.samples().entrySet()) {
      String name = sample.getKey();
      if (name.startsWith("linecast_") && name.contains("_total{")) {
        assertThat(now.samples().get(name)).as(name).isGreaterThanOrEqualTo(sample.getValue());
      }
    }
    double accounted =
        now.main("linecast_deliveries_delivered_total")
            + now.main("linecast_deliveries_skipped_total");
    assertThat(accounted).isLessThanOrEqualTo(now.main("linecast_deliveries_eligible_total"));
  }
}
