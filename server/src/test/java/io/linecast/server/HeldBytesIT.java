package io.linecast.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.channel.epoll.Epoll;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is held for clients is known, whoever holds it. */
@Timeout(60)
class HeldBytesIT {

  private static final int LINE_BYTES = 900_000;

  /** Netty's epoll cannot be left to wait for room there, so that something else does. */
  @Test
  void shouldKnowWhatAHalfClosedClientIsOwed() throws IOException {
    assumeTrue(Epoll.isAvailable(), "it is so with epoll only");
    ServerOptionsBuilder options =
        ServerOptions.builder()
            .transport(Transport.EPOLL)
            .windowBytes(16 << 20)
            .maxLineBytes(1 << 20);
    try (MonitoredServer server = new MonitoredServer(options)) {
      Socket stuck = server.line("");
      Socket talker = server.line("");
      await().until(() -> server.server().connections() == 2);
      say(talker, 2);
      await()
          .untilAsserted(
              () -> assertThat(server.scrape().main("linecast_lines_accepted_total")).isEqualTo(2));
      stuck.shutdownOutput();
      stuck.getInputStream().readNBytes(LINE_BYTES + 1); // the first, and no more of the second
      await("the end of a line that it has not read")
          .during(Duration.ofSeconds(3)) // some looks: what was held before may be told still
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(
              () ->
                  assertThat(server.scrape().value("linecast_client_memory_bytes", ""))
                      .isGreaterThan(LINE_BYTES / 4.0));
    }
  }

  /** Thousands of requests go into one read: each would take some hundred bytes, read. */
  @Test
  void shouldHoldNoMoreThanTheBytesOfRequestsThatWait() throws Exception {
    try (MonitoredServer server = new MonitoredServer(ServerOptions.builder())) {
      Socket greedy = server.web("");
      Thread asking = Thread.startVirtualThread(() -> ask(greedy));
      await("requests that wait, as its answers are not read")
          .during(Duration.ofSeconds(2))
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(
              () ->
                  assertThat(server.scrape().value("linecast_client_memory_bytes", ""))
                      .isBetween(10_000.0, 256_000.0));
      greedy.close();
      asking.join();
    }
  }

  private static void ask(Socket greedy) {
    byte[] requests = "GET / HTTP/1.1\r\nHost: a\r\n\r\n".repeat(3_000).getBytes(US_ASCII);
    try {
      while (true) {
        greedy.getOutputStream().write(requests);
      }
    } catch (IOException closed) {
      // as it is to be in the end
    }
  }

  private static void say(Socket talker, int lines) throws IOException {
    byte[] line = ("x".repeat(LINE_BYTES) + "\n").getBytes(US_ASCII);
    for (int i = 0; i < lines; i++) {
      talker.getOutputStream().write(line);
    }
  }
}
