package io.linecast.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/** What supervisors and operators are told of a journal. */
class JournalSightIT extends WithHeldJournal {

  @Test
  void shouldLiveAndNotBeReadyInTrouble() {
    journal.beInTrouble("the disk of /srv/secret is full");

    HttpResponse<String> notReady = server.get("/health/ready");
    assertThat(notReady.statusCode()).isEqualTo(503);
    assertThat(notReady.headers().firstValue("retry-after")).isPresent();
    assertThat(notReady.body())
        .contains("\"code\":\"journal\"", "lines cannot be kept now")
        .as("it is for operators only")
        .doesNotContain("secret");
    assertThat(server.get("/health/live").statusCode()).isEqualTo(200);
    assertThat(server.scrape().value("linecast_ready", "")).isZero();

    journal.recover();
    await().until(() -> server.get("/health/ready").statusCode() == 200);
    assertThat(server.scrape().value("linecast_ready", "")).isEqualTo(1);
  }

  @Test
  void shouldSayHowFarItIsBehindWhereOthersGiveTheSameNumbers() throws IOException {
    assertThat(server.get("/health/ready").body()).isEqualTo("ok\n");
    LineClient plain = LineClient.plain(server);
    journal.share();
    journal.hold();
    plain.say("a\nb\n");
    await().until(() -> journal.waitingLines() == 2);

    assertThat(server.get("/health/ready").body()).isEqualTo("ok\njournal: 2 lines behind\n");
  }

  @Test
  void shouldTellOperatorsHowTheJournalIs() throws IOException {
    assertThat(journalStatus().get("oldest").isJsonNull()).isTrue();
    assertThat(journalStatus().get("trouble").isJsonNull()).isTrue();
    LineClient plain = LineClient.plain(server);
    journal.hold();
    journal.setOldest(7);
    plain.say("four\n");
    await().until(() -> journal.waitingLines() == 1);
    journal.beInTrouble("the disk is full");

    await().until(() -> !journalStatus().get("working").getAsBoolean());
    assertThat(journalStatus())
        .hasToString(
            "{\"kind\":\"held\",\"working\":false,\"trouble\":\"the disk is full\","
                + "\"waitingBytes\":5,\"lagLines\":1,\"failures\":1,\"oldest\":7}");
    Exposition told = server.scrape();
    assertThat(told.main("linecast_journal_up")).isZero();
    assertThat(told.main("linecast_journal_waiting_bytes")).isEqualTo(5);
    assertThat(told.main("linecast_journal_lag_lines")).isEqualTo(1);
    assertThat(told.main("linecast_journal_failures_total")).isEqualTo(1);
    assertThat(told.main("linecast_journal_waits_total")).isEqualTo(1);
    assertThat(told.main("linecast_journal_commits_total")).isEqualTo(3);
    assertThat(told.main("linecast_overloads_total")).isZero();

    journal.recover();
    journal.release();
    await().until(() -> server.scrape().main("linecast_journal_waiting_bytes") == 0);
    assertThat(server.scrape().main("linecast_journal_up")).isEqualTo(1);
  }

  private JsonObject journalStatus() {
    JsonObject status = JsonParser.parseString(server.get("/api/status").body()).getAsJsonObject();
    JsonObject channel = status.getAsJsonArray("channels").get(0).getAsJsonObject();
    return channel.getAsJsonObject("journal");
  }
}
