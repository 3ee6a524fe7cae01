package io.linecast.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Clients that have heard at another server what has not come to this one yet. */
class SharedJournalIT extends WithHeldJournal {

  private static final String EVENTS =
      "GET /lines HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n";

  @BeforeEach
  void publish() {
    journal.share();
    come("a");
  }

  private void come(String line) {
    journal.handBackOfElsewhere(line, "ann", 1);
  }

  @Test
  void shouldBeLetInOnceItHasCome() throws IOException {
    Socket ahead = server.line("LINECAST/1 by-hand-1 from=4 epoch=e\n");
    Socket events = server.web(EVENTS + "Last-Event-ID: e-3\r\n\r\n");
    LineClient here = LineClient.acknowledged(server, "from=1 epoch=e");
    come("b");
    assertThat(here.hear()).isEqualTo("LINE 1 a");
    assertThat(here.hear()).isEqualTo("LINE 2 b");
    come("c");
    BufferedReader lines = new BufferedReader(new InputStreamReader(ahead.getInputStream(), UTF_8));
    assertThat(lines.readLine()).startsWith("LINECAST/1 by-hand-1 ok ").contains(" next=4 ");
    MonitoredServer.readThrough(events, "id: e-3\n");
    come("d");
    assertThat(lines.readLine()).isEqualTo("LINE 4 d");
    MonitoredServer.readThrough(events, "id: e-4\ndata: d\n\n");
  }

  @Test
  void shouldBeToldToComeAgainWhereItDoesNotCome() throws IOException {
    Socket ahead = server.line("LINECAST/1 by-hand-1 from=4 epoch=e\n");
    MonitoredServer.readThrough(ahead, "LINECAST/1 by-hand-1 no journal this server has not got");
    assertThat(server.get("/lines?from=4&epoch=e").statusCode()).isEqualTo(503);
  }

  @Test
  void shouldBeRefusedANumberThatNobodyHasTold() throws IOException {
    Socket ahead = server.line("LINECAST/1 by-hand-1 from=4\n");
    MonitoredServer.readThrough(ahead, "LINECAST/1 by-hand-1 no bad-number");
  }
}
