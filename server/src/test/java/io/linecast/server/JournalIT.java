package io.linecast.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What senders are told whose lines are kept later, or cannot be. */
class JournalIT extends WithHeldJournal {

  @ParameterizedTest
  @ValueSource(strings = {"accepted", "stored", "written", "done"})
  void shouldAnswerOnceLinesAreKeptAndInTheirOrder(String level) throws IOException {
    LineClient client = LineClient.acknowledged(server, "listen=no ack=" + level);
    journal.hold();
    client.say("SEND 1 a\nSEND 2 b\n");
    client.requireNoAnswer();
    client.say("SEND 5 c\n");
    client.requireNoAnswer();

    journal.release();
    assertThat(client.hearAnswer()).isEqualTo("SENT 1 1 0");
    assertThat(client.hearAnswer()).isEqualTo("SENT 2 2 0");
    assertThat(client.hearAnswer()).isEqualTo("SENT 5 3 0");
  }

  @Test
  void shouldBeHeardOnceTheyAreKept() throws IOException {
    LineClient listener = LineClient.acknowledged(server, "ack=stored");
    LineClient client = LineClient.acknowledged(server, "ack=stored");
    journal.hold();
    client.say("SEND 1 a\n");
    client.requireNoAnswer();
    listener.requireNoAnswer();

    journal.release();
    assertThat(client.hearAnswer()).isEqualTo("SENT 1 1 1");
    assertThat(listener.hearAnswer()).isEqualTo("LINE 1 a");
  }

  @Test
  void shouldBeToldThatLinesAreNotKeptAndThatTheyAreAgain() throws IOException {
    LineClient client = LineClient.acknowledged(server, "listen=no");
    journal.beInTrouble("the disk is full");
    client.say("SEND 1 a\nSEND 2 b\n");
    assertThat(client.hearAnswer()).isEqualTo("FAIL 1 journal");
    assertThat(client.hearAnswer()).isEqualTo("FAIL 2 journal");

    journal.recover();
    client.say("SEND 1 a\nSEND 2 b\n");
    assertThat(client.hearAnswer()).isEqualTo("SENT 1 1 0");
    assertThat(client.hearAnswer()).isEqualTo("SENT 2 2 0");
  }

  @Test
  void shouldBeToldThatLinesUnderWayAreNotKept() throws IOException {
    LineClient client = LineClient.acknowledged(server, "listen=no");
    journal.hold();
    client.say("SEND 1 a\n");
    client.requireNoAnswer();

    journal.beInTrouble("the disk is full");
    client.say("SEND 2 b\n");
    assertThat(client.hearAnswer()).isEqualTo("FAIL 1 journal");
    assertThat(client.hearAnswer()).isEqualTo("FAIL 2 journal");

    journal.release();
    journal.recover();
    client.say("SEND 2 b\n");
    assertThat(client.hearAnswer()).isEqualTo("SENT 2 1 0");
  }

  @Test
  void shouldHavePlainSendersWaitWhoseLinesComeAfterwards() throws IOException {
    LineClient listener = LineClient.acknowledged(server, "ack=stored");
    LineClient plain = LineClient.plain(server);
    journal.hold();
    plain.say("before\n");
    await().until(() -> journal.waitingLines() == 1);

    journal.beInTrouble("the disk is full");
    plain.say("meanwhile\n".repeat(1000));
    plain.end();
    listener.requireNoAnswer();
    assertThat(journal.waitingLines()).as("it is read no further").isEqualTo(1);

    journal.release();
    journal.recover();
    assertThat(listener.hearAnswer()).isEqualTo("LINE 1 before");
    for (int line = 2; line <= 1001; line++) {
      assertThat(listener.hearAnswer()).isEqualTo("LINE " + line + " meanwhile");
    }
    assertThat(plain.hear()).as("it is ended after that").isNull();
    assertThat(server.scrape().main("linecast_journal_waits_total")).isPositive();
  }

  @Test
  void shouldHaveAcknowledgedSendersWaitWhileTheJournalIsFull() throws IOException {
    LineClient client = LineClient.acknowledged(server, "listen=no");
    journal.setFull(true);
    client.say("SEND 1 a\n");
    await().until(() -> server.get("/health/ready").statusCode() == 503);
    assertThat(journal.waitingLines()).isZero();

    journal.setFull(false);
    assertThat(client.hearAnswer()).isEqualTo("SENT 1 1 0");
  }

  @Test
  void shouldAnswerPostsOnceTheirLinesAreKept() {
    journal.hold();
    CompletableFuture<HttpResponse<String>> answer = postLater("/lines", "a\nb\n");
    await().until(() -> journal.waitingLines() == 2);
    assertThat(answer).isNotDone();

    journal.release();
    assertThat(answer.join().statusCode()).isEqualTo(200);
    assertThat(answer.join().body()).isEqualTo("{\"first\":1,\"last\":2,\"clients\":0}\n");
  }

  @Test
  void shouldRefusePostsInTrouble() {
    journal.hold();
    CompletableFuture<HttpResponse<String>> underWay = postLater("/lines", "a\n");
    await().until(() -> journal.waitingLines() == 1);

    journal.beInTrouble("the disk is full");
    requireRefused(underWay.join());
    requireRefused(server.post("/lines", "b\n"));

    journal.release();
    journal.recover();
    assertThat(server.post("/lines", "c\n").body()).startsWith("{\"first\":1,\"last\":1,");
  }

  private static void requireRefused(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("content-type")).hasValue("application/problem+json");
    assertThat(answer.headers().firstValue("retry-after")).isPresent();
    assertThat(JsonParser.parseString(answer.body()).getAsJsonObject().get("code").getAsString())
        .isEqualTo("journal");
  }

  @Test
  void shouldAnswerARepeatedNumberUnderWayAsTheFirst() throws IOException {
    LineClient client = LineClient.acknowledged(server, "publisher=ann listen=no");
    journal.hold();
    client.say("SEND 7 a\n");
    client.requireNoAnswer();
    client.say("SEND 7 a\nSEND 8 b\n");

    LineClient next = LineClient.acknowledged(server, "publisher=ann listen=no");
    next.say("SEND 7 a\nSEND 9 c\n");
    assertThat(client.hearAnswer()).startsWith("BYE duplicate");

    journal.release();
    assertThat(next.hearAnswer()).isEqualTo("SENT 7 1 0");
    assertThat(next.hearAnswer()).isEqualTo("SENT 9 2 0");
  }

  @Test
  void shouldAnswerARepeatedNumberInItsOrder() throws IOException {
    LineClient client = LineClient.acknowledged(server, "listen=no");
    journal.hold();
    client.say("SEND 1 a\nSEND 1 a\nSEND 2 b\nSEND 1 a\n");
    await().until(() -> journal.waitingLines() == 1);

    journal.release();
    assertThat(client.hearAnswer()).isEqualTo("SENT 1 1 0");
    assertThat(client.hearAnswer()).isEqualTo("SENT 1 1 0");
    assertThat(client.hearAnswer()).isEqualTo("SENT 2 2 0");
    assertThat(client.hearAnswer()).isEqualTo("SENT 1 1 0");
  }

  @Test
  void shouldTakeARepeatedNumberForANewOneWhereTheFirstWasNotKept() throws IOException {
    LineClient client = LineClient.acknowledged(server, "listen=no");
    journal.hold();
    client.say("SEND 1 a\nSEND 2 b\nSEND 1 a\nSEND 2 b\n");
    await().until(() -> journal.waitingLines() == 2);

    journal.failUnderWay();
    assertThat(client.hearAnswer()).isEqualTo("FAIL 1 journal");
    assertThat(client.hearAnswer()).isEqualTo("FAIL 2 journal");
    journal.release();
    assertThat(client.hearAnswer()).isEqualTo("SENT 1 1 0");
    assertThat(client.hearAnswer()).isEqualTo("SENT 2 2 0");
  }

  @Test
  void shouldAnswerAPostThatRepeatsOneUnderWay() {
    journal.hold();
    CompletableFuture<HttpResponse<String>> first = postOfAnnLater("a\nb\n");
    await().until(() -> journal.waitingLines() == 2);
    CompletableFuture<HttpResponse<String>> again = postOfAnnLater("a\nb\nc\n");

    journal.release();
    assertThat(again.join().body()).isEqualTo("{\"first\":1,\"last\":3,\"clients\":0}\n");
    assertThat(first.join().statusCode()).isEqualTo(200);
  }

  @Test
  void shouldAnswerWhatIsOutstandingBeforeItSaysGoodBye() throws IOException {
    LineClient client = LineClient.acknowledged(server, "ack=stored");
    journal.hold();
    client.say("SEND 1 a\nQUIT\n");
    await().until(() -> journal.waitingLines() == 1);

    journal.release();
    assertThat(client.hearAnswer()).isEqualTo("SENT 1 1 0");
    assertThat(client.hearAnswer()).startsWith("BYE quit");
    assertThat(client.hear()).isNull();
  }

  @Test
  void shouldKeepWhatIsUnderWayWhenItStops() throws IOException {
    LineClient listener = LineClient.acknowledged(server, "ack=stored");
    LineClient client = LineClient.acknowledged(server, "listen=no");
    LineClient plain = LineClient.plain(server);
    journal.hold();
    client.say("SEND 1 a\n");
    client.requireNoAnswer();
    CompletableFuture<HttpResponse<String>> posted = postLater("/lines", "b\n");
    await().until(() -> journal.waitingLines() == 2);
    plain.say("c\n");
    await().until(() -> journal.waitingLines() == 3);

    server.server().stopSoon();
    await().until(() -> !server.accepts());
    journal.release();

    assertThat(client.hearAnswer()).isEqualTo("SENT 1 1 2");
    assertThat(client.hearAnswer()).startsWith("BYE shutting-down");
    assertThat(posted.join().statusCode()).isEqualTo(200);
    assertThat(listener.hearAnswer()).isEqualTo("LINE 1 a");
    assertThat(listener.hearAnswer()).isEqualTo("LINE 2 b");
    assertThat(listener.hearAnswer()).isEqualTo("LINE 3 c");
    assertThat(listener.hearAnswer()).startsWith("BYE shutting-down");
  }

  private CompletableFuture<HttpResponse<String>> postOfAnnLater(String body) {
    return CompletableFuture.supplyAsync(
        () -> server.post("/lines", body, "Linecast-Publisher", "ann", "Linecast-Number", "1"));
  }

  private CompletableFuture<HttpResponse<String>> postLater(String path, String body) {
    return CompletableFuture.supplyAsync(() -> server.post(path, body));
  }
}
