package io.linecast.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.linecast.core.Archive;
import io.linecast.core.Journal;
import io.linecast.core.MemoryJournal;
import io.linecast.core.Readers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Clients that say by a time where they begin, on every wire. */
class BeginAtTimeTest {

  private static final int KEPT = 20;
  private static final String HELLO = "LINECAST/1 nonce-12 from=1970-01-01T00:00:19Z";
  private static final String WEB = " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n";

  private final ArrayDeque<Runnable> reading = new ArrayDeque<>();
  private final TimedJournal journal = new TimedJournal(KEPT);
  private final VirtualServer server =
      new VirtualServer(
          WebPortProperty.OPTIONS,
          new ArrayDeque<Journal>(List.of(journal, new MemoryJournal()))::remove,
          new Archive(
              new Readers() {
                @Override
                public void execute(Runnable task) {
                  reading.add(task);
                }

                @Override
                public void executeLater(Runnable task, long millis) {
                  reading.add(task);
                }
              },
              1,
              Archive.DEFAULT_BYTES));

  @AfterEach
  void close() {
    server.close();
  }

  private void read() {
    while (!reading.isEmpty()) {
      reading.remove().run();
      server.settle();
    }
  }

  private VirtualSocket send(VirtualSocket socket, String text) {
    socket.setRoomBytes(1 << 20);
    socket.send(text.getBytes(StandardCharsets.US_ASCII));
    server.settle();
    return socket;
  }

  private static String written(VirtualSocket socket) {
    return new String(socket.written(), StandardCharsets.ISO_8859_1);
  }

  @Test
  void shouldAnswerAHelloOnceThePlaceIsKnown() {
    VirtualSocket socket = send(server.connect(), HELLO + "\n");
    assertThat(written(socket)).isEmpty();
    read();

    assertThat(written(socket))
        .contains("LINECAST/1 nonce-12 ok ", " next=21 ")
        .endsWith("LINE 19 " + TimedJournal.text(19) + "LINE 20 " + TimedJournal.text(20));
  }

  @Test
  void shouldDoWhatWasSaidMeanwhileAfterwards() {
    VirtualSocket socket = send(server.connect(), HELLO + "\nPING with it\nSEND 1 one\n");
    send(socket, "PING later\n");
    assertThat(written(socket)).isEmpty();
    read();

    assertThat(written(socket))
        .contains(" ok ", "PONG with it\n", "SENT 1 21 0\n", "PONG later\n")
        .contains("LINE 20 " + TimedJournal.text(20));
  }

  @Test
  void shouldHearNothingOlderIfNothingWasAcceptedSince() {
    VirtualSocket socket = send(server.connect(), HELLO.replace("1970", "2000") + "\n");
    read();
    send(server.connect(), "new\n");

    assertThat(written(socket)).contains(" next=21 ").endsWith("LINE 21 new\n");
  }

  @Test
  void shouldLetAClientGoThatGoesMeanwhile() {
    VirtualSocket socket = send(server.connect(), HELLO + "\n");
    socket.reset();
    server.settle();
    read();

    assertThat(socket.isOpen()).isFalse();
    assertThat(written(socket)).isEmpty();
  }

  @Test
  void shouldRefuseAHelloIfTheJournalCannotBeRead() {
    VirtualSocket socket = send(server.connect(), HELLO + "\n");
    journal.fail();
    read();

    assertThat(written(socket)).startsWith("LINECAST/1 nonce-12 no journal ");
  }

  @Test
  void shouldNotAskTheJournalForWhoeverDoesNotListen() {
    VirtualSocket socket = send(server.connect(), HELLO + " listen=no\n");

    assertThat(written(socket)).startsWith("LINECAST/1 nonce-12 ok ");
    assertThat(reading).isEmpty();
  }

  @Test
  void shouldAnswerARequestOnceThePlaceIsKnown() {
    VirtualSocket socket =
        send(
            server.connectWeb(),
            "GET /lines?from=1970-01-01T00:00:18Z&limit=2&epoch=other" + WEB + "\r\n");
    assertThat(written(socket)).isEmpty();
    read();

    assertThat(written(socket))
        .startsWith("HTTP/1.1 200 ")
        .contains("linecast-first: 18\r\n")
        .doesNotContain("linecast-gap")
        .endsWith("\r\n\r\n" + TimedJournal.text(18) + TimedJournal.text(19));
  }

  @Test
  void shouldRefuseARequestIfTheJournalCannotBeRead() {
    VirtualSocket socket =
        send(server.connectWeb(), "GET /lines?from=1970-01-01T00:00:18Z" + WEB + "\r\n");
    journal.fail();
    read();

    assertThat(written(socket)).startsWith("HTTP/1.1 503 ").contains("\"code\":\"journal\"");
  }

  @Test
  void shouldLetARequestGoWhoseClientGoesMeanwhile() {
    VirtualSocket socket =
        send(server.connectWeb(), "GET /lines?from=1970-01-01T00:00:18Z" + WEB + "\r\n");
    socket.reset();
    server.settle();
    read();

    assertThat(socket.isOpen()).isFalse();
  }

  @Test
  void shouldAnswerAWebSocketsHandshakeOnceThePlaceIsKnown() {
    VirtualSocket socket =
        send(
            server.connectWeb(),
            """
            GET /ws?from=1970-01-01T00:00:20Z HTTP/1.1
            Host: localhost
            Connection: Upgrade
            Upgrade: websocket
            Sec-WebSocket-Version: 13
            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==

            """
                .replace("\n", "\r\n"));
    assertThat(written(socket)).isEmpty();
    read();

    assertThat(written(socket))
        .startsWith("HTTP/1.1 101 ")
        .contains("linecast-first: 20\r\n")
        .endsWith(TimedJournal.text(20).strip());
  }
}
