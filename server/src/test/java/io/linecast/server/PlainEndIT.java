package io.linecast.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.linecast.server.access.PlainRights;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A plain client that has sent everything is ended in an orderly way once that is kept. */
class PlainEndIT extends WithHeldJournal {

  /** One for each loop. */
  private LineClient first;

  private LineClient second;

  @BeforeEach
  void connect() throws IOException {
    first = LineClient.acknowledged(server, "listen=no");
    second = LineClient.acknowledged(server, "listen=no");
  }

  /** Whatever came to the server before has been read by now. */
  private void awaitRead() throws IOException {
    for (int round = 0; round < 3; round++) {
      first.requireNoAnswer();
      second.requireNoAnswer();
    }
  }

  private LineClient endedWithLineUnderWay() throws IOException {
    LineClient plain = LineClient.plain(server);
    journal.hold();
    plain.say("its last line, unfinished");
    plain.end();
    await().until(() -> journal.waitingLines() == 1);
    awaitRead();
    return plain;
  }

  @Test
  void shouldHearUntilItsLastLineIsKept() throws IOException {
    LineClient plain = endedWithLineUnderWay();
    journal.handBackOfElsewhere("meanwhile", "ann", 1);
    assertThat(plain.hear()).isEqualTo("meanwhile");

    journal.release();
    assertThat(plain.hear()).as("its own line is not for it").isNull();
  }

  @Test
  void shouldWaitForAJournalInTrouble() throws IOException {
    LineClient plain = endedWithLineUnderWay();
    journal.beInTrouble("the disk is full");
    journal.release();
    journal.handBackOfElsewhere("meanwhile", "ann", 1);
    assertThat(plain.hear()).isEqualTo("meanwhile");

    journal.recover();
    assertThat(plain.hear()).isNull();
  }

  @Test
  void shouldEndAtOnceWhereAllIsKept() throws IOException {
    LineClient plain = LineClient.plain(server);
    plain.say("a\nb\n");
    await().until(() -> server.scrape().main("linecast_lines_accepted_total") == 2);
    journal.hold();
    first.say("SEND 1 another's\n");
    plain.end();
    assertThat(plain.hear()).isNull();
  }

  @Test
  void shouldNotWaitForAnythingOnceItHasGone() throws IOException {
    int others = server.server().connections();
    LineClient plain = endedWithLineUnderWay();
    assertThat(server.server().connections()).isEqualTo(others + 1);
    plain.reset();
    journal.handBackOfElsewhere("to be told that it has gone", "ann", 1);
    await().until(() -> server.server().connections() == others);
    assertThat(journal.waitingLines()).isEqualTo(1);
  }

  @Test
  void shouldWaitAlsoWhereItHearsNothing() throws IOException {
    String place = "PlainEndIT-deaf";
    AccessOptions access = AccessOptions.defaults().withPlain(PlainRights.PUBLISH);
    ServerOptionsBuilder options =
        ServerOptions.builder().journal(HeldJournals.at(place)).eventLoops(1).access(access);
    try (MonitoredServer other = new MonitoredServer(options)) {
      HeldJournal held = HeldJournals.of(place, "main");
      LineClient asking = LineClient.acknowledged(other, "listen=no");
      LineClient plain = LineClient.plain(other);
      held.hold();
      plain.say("its last line, unfinished");
      plain.end();
      await().until(() -> held.waitingLines() == 1);
      asking.requireNoAnswer();
      asking.requireNoAnswer();
      assertThat(other.server().connections()).isEqualTo(2);

      held.release();
      assertThat(plain.hear()).isNull();
    }
  }

  @Test
  void shouldEndWithTheServerAlsoWhereItsLineIsNeverKept() throws IOException {
    String place = "PlainEndIT-never";
    ServerOptionsBuilder options =
        ServerOptions.builder().journal(HeldJournals.at(place)).drain(Duration.ofSeconds(1));
    try (MonitoredServer other = new MonitoredServer(options)) {
      HeldJournal held = HeldJournals.of(place, "main");
      LineClient plain = LineClient.plain(other);
      held.hold();
      plain.say("its last line, unfinished");
      plain.end();
      await().until(() -> held.waitingLines() == 1);
      other.server().stopSoon();

      assertThat(plain.hear()).isNull();
      assertThat(held.waitingLines()).isEqualTo(1);
      assertThat(other.server().awaitStopped().toString()).contains("accepted");
    }
  }

  @Test
  void shouldEndWithTheServer() throws IOException {
    LineClient plain = endedWithLineUnderWay();
    server.server().stopSoon();
    await().until(() -> !server.accepts());
    journal.release();
    assertThat(plain.hear()).isNull();
    assertThat(first.hearAnswer()).startsWith("BYE shutting-down");
  }
}
