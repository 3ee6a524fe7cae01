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

  private static void say(Socket talker, int lines) throws IOException {
    byte[] line = ("x".repeat(LINE_BYTES) + "\n").getBytes(US_ASCII);
    for (int i = 0; i < lines; i++) {
      talker.getOutputStream().write(line);
    }
  }
}
