package io.linecast.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The load generator with acknowledged lines: {@code --wire ack}, and {@code publish}. */
@BlackBox
class BenchAckIT {
  private static final String SHORT = " --seconds 1 --warmup 0";

  /** A second in which something held the load up is not what was asked for. */
  private static final int ATTEMPTS = 3;

  private static ServerUnderTest server;

  @BeforeAll
  static void onlyWhereItHasItsSystemCalls() {
    Bench.assumeItsSystemCalls();
    server = ServerUnderTest.start();
  }

  @AfterAll
  static void stop() {
    if (server != null) { // as where the load does not run
      server.close();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --connections 50 --full | 50000
          --connections 40 --senders 10 --rate 400 --full | 16000
          --connections 40 --senders 4 --processes 2 --sender-thread --full | 40000
          --connections 40 --sample 3 --stuck 5 --line-bytes 300 | 40000
          --scenario chatter --connections 20 --full | 4000
          """)
  void shouldAccountForEveryDelivery(String words, int deliveries) {
    String report = Bench.play(server.port(), words + " --wire ack" + SHORT, 0);
    assertThat(report).contains("\"clean\": true", "\"wire\": \"ack\"");
    Bench.assertFigures(report, "deliveries_lost=0 verified_missing=0 verified_misnumbered=0");
    assertThat(Bench.figure(report, "deliveries_received")).isEqualTo(deliveries);
    assertThat(Bench.figure(report, "deliveries_expected")).isEqualTo(deliveries);
  }

  @Test
  void shouldKeepAServerFromAskingWhetherItIsThere() {
    try (ServerUnderTest server = ServerUnderTest.start("--heartbeat", "5")) {
      String words = "--wire ack --connections 20 --senders 5 --rate 5 --sample 2 --seconds 7";
      String report = Bench.play(server.port(), words + " --warmup 0", 0);
      Bench.assertFigures(report, "connections_broken_line=0 deliveries_received=700");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "--senders 8", "--senders 3 --window 1", "--line-bytes 2000"})
  void shouldSeeThatEveryLineIsAcknowledgedOnce(String words) {
    String report = Bench.play(server.port(), "--scenario publish" + SHORT + given(words), 0);
    assertThat(report).contains("\"clean\": true", "\"wire\": \"ack\"");
    Bench.assertFigures(
        report,
        "answers_missing=0 answers_misnumbered=0 answers_not_rising=0 answers_refused=0"
            + " connections_closed=0");
    Bench.assertPositive(
        report, "acknowledged_lines_per_second latency_p50_millis latency_samples");
    assertThat(Bench.figure(report, "answers_received"))
        .isEqualTo(Bench.figure(report, "lines_published"));
  }

  @Test
  void shouldPublishAtARate() {
    String words = "--scenario publish --rate 200 --senders 2" + SHORT;
    double published = 0;
    for (int i = 0; i < ATTEMPTS && (published < 100 || published > 202); i++) {
      String report = Bench.play(server.port(), words, 0);
      Bench.assertFigures(report, "answers_missing=0 answers_refused=0");
      published = Bench.figure(report, "lines_published");
      assertThat(Bench.figure(report, "answers_received")).isEqualTo(published);
    }
    assertThat(published).isBetween(100.0, 202.0);
  }

  @Test
  void shouldFeedThoseWhoResume() {
    Bench.play(server.port(), "--scenario publish" + SHORT, 0);
    String words = "--scenario resume --connections 20 --lines 1000";
    String report = Bench.play(server.port(), words, 0);
    Bench.assertFigures(report, "clients_unserved=0 connections_closed=0 resumed_lines=1000");
    Bench.assertPositive(report, "gigabytes_per_second resumed_seconds");
    String more = "--scenario resume --connections 2 --lines 900000000";
    try (Program bench = Bench.start(server.port(), more)) {
      assertThat(bench.exitCode(Bench.PATIENCE)).as(bench.output()).isEqualTo(Bench.NOT_RUN);
      assertThat(bench.output()).contains("each client wants");
    }
  }

  @Test
  void shouldTellHowLongAnAcknowledgementTakes() {
    String plain = Bench.play(server.port(), "--scenario pingpong" + SHORT, 0);
    String report = Bench.play(server.port(), "--scenario pingpong --wire ack" + SHORT, 0);
    Bench.assertPositive(plain, "latency_p50_millis one_way_p50_millis");
    Bench.assertPositive(report, "round_trips latency_p50_millis");
    Bench.assertFigures(report, "answers_missing=0 answers_misnumbered=0 answers_not_rising=0");
  }

  @Test
  void shouldHoldAcknowledgedConnections() {
    try (ServerUnderTest server = ServerUnderTest.start("--heartbeat", "1500ms")) {
      String words = "--scenario idle --wire ack --connections 100 --hold 6";
      String report = Bench.play(server.port(), words, 0);
      Bench.assertFigures(report, "connections=100 connections_closed=0");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "none, 0, verified_lines",
    "skip-number, 7, verified_misnumbered",
    "drop-one, 7, deliveries_lost",
    "ping, 7, verified_torn",
    "no-answer, 0, verified_lines",
  })
  void shouldFindWhatAServerDoesWrongToThoseWhoListen(String fault, int exitCode, String found)
      throws IOException {
    try (FaultyAckServer server = FaultyAckServer.start(fault)) {
      String words = "--wire ack --connections 5 --rate 200 --sample 2" + SHORT;
      String report = Bench.play(server.port(), words, exitCode);
      assertThat(report).contains("\"clean\": " + (exitCode == 0));
      Bench.assertPositive(report, found);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "no-answer, answers_missing",
    "answer-twice, answers_misnumbered",
    "other-number, answers_misnumbered",
    "old-line, answers_not_rising",
    "refuse, answers_refused",
  })
  void shouldFindWhatAServerDoesWrongToThoseWhoPublish(String fault, String found)
      throws IOException {
    try (FaultyAckServer server = FaultyAckServer.start(fault)) {
      String words = "--scenario publish --senders 2 --window 20" + SHORT;
      String report = Bench.play(server.port(), words, Bench.LOST);
      assertThat(report).contains("\"clean\": false");
      Bench.assertPositive(report, found);
    }
  }

  @Test
  void shouldTellWhatAServerSaysThatRefusesIt() throws IOException {
    try (FaultyAckServer server = FaultyAckServer.start("refuse-hello");
        Program bench = Bench.start(server.port(), "--wire ack --connections 5")) {
      assertThat(bench.exitCode(Bench.PATIENCE)).as(bench.output()).isEqualTo(Bench.NOT_RUN);
      assertThat(bench.output()).contains("no overload not now");
    }
  }

  @Test
  void shouldTellThatAServerDoesNotAcknowledge() {
    try (ServerUnderTest server = ServerUnderTest.start("--plain-only");
        Program bench = Bench.start(server.port(), "--scenario publish")) {
      assertThat(bench.exitCode(Bench.PATIENCE)).as(bench.output()).isEqualTo(Bench.NOT_RUN);
      assertThat(bench.output()).contains("LINECAST/1", "--plain-only");
    }
  }

  private static String given(String words) {
    return words.isEmpty() ? "" : " " + words;
  }
}
