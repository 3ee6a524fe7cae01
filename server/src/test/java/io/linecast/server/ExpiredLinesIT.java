package io.linecast.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.linecast.core.SlowPolicy;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;

/**
 * Clients that ask for lines which the journal removes before they have them, where those that are
 * slow skip lines.
 */
@Timeout(60)
class ExpiredLinesIT {

  private static final int WINDOW_BYTES = 1 << 20;
  private static final String LINE = "x".repeat(1023) + "\n";
  private static final int LINES = 2 * WINDOW_BYTES / LINE.length();

  private MonitoredServer server;
  private LineClient sender;

  /**
   * The journal says that it keeps the first line, which is in memory no more, and then has not.
   */
  @BeforeEach
  void start(TestInfo test) throws IOException {
    String place = getClass().getSimpleName() + "-" + test.getDisplayName();
    server =
        new MonitoredServer(
            ServerOptions.builder()
                .journal(HeldJournals.at(place))
                .slow(SlowPolicy.SKIP)
                .windowBytes(WINDOW_BYTES));
    HeldJournals.of(place, "main").setOldest(1);
    sender = LineClient.plain(server);
    sender.say(LINE.repeat(LINES));
    await().until(() -> server.scrape().main("linecast_lines_accepted_total") == LINES);
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  @Test
  void shouldCutOffATextThatCannotSayThatTheyAreGone() throws IOException {
    assertEndsAtOnce(server.web(request("/lines?from=1")));
  }

  @Test
  void shouldCloseAWebSocketThatCannotSayThatTheyAreGone() throws IOException {
    assertEndsAtOnce(
        server.web(
            request(
                "/ws?from=1",
                "Connection: Upgrade",
                "Upgrade: websocket",
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==")));
  }

  @Test
  void shouldGoOnWhereThatIsSaid() throws IOException {
    Socket client = server.web(request("/lines?from=1", "Accept: text/event-stream"));

    MonitoredServer.readThrough(
        client, "{\"first\":1,\"last\":%d,\"reason\":\"expired\"}".formatted(LINES));
    sender.say("later\n");
    MonitoredServer.readThrough(client, "data: later");
  }

  private static String request(String target, String... headers) {
    String ofAll = "GET " + target + " HTTP/1.1\r\nHost: localhost\r\n";
    return Stream.of(headers).map(each -> each + "\r\n").collect(joining("", ofAll, "\r\n"));
  }

  /** It was promised the first line, and hears none. */
  private void assertEndsAtOnce(Socket client) throws IOException {
    assertThat(heardToTheEnd(client))
        .containsIgnoringCase("linecast-first: 1\r\n")
        .endsWith("\r\n\r\n");
    await()
        .until(
            () -> server.scrape().value("linecast_connections_closed_total", "reason=slow") == 1);
  }

  /** A text that is cut off ends in a reset. */
  private static String heardToTheEnd(Socket client) throws IOException {
    ByteArrayOutputStream heard = new ByteArrayOutputStream();
    try {
      client.getInputStream().transferTo(heard);
    } catch (SocketException e) {
      assertThat(e).hasMessageContaining("reset");
    }
    return heard.toString(UTF_8);
  }
}
