package io.linecast.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The load generator, {@code linecast bench}: what it plays, counts, finds and draws. */
@BlackBox
class BenchIT {

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
  @ValueSource(
      strings = {
        "--connections 50 --full",
        "--connections 40 --senders 40 --rate 400 --full",
        "--connections 40 --senders 4 --processes 2 --sender-thread --full",
        "--connections 40 --stuck 5 --line-bytes 300",
      })
  void shouldAccountForEveryDelivery(String words) {
    String report = Bench.play(server.port(), words + " --seconds 1 --warmup 0", 0);
    assertThat(report).contains("\"clean\": true");
    Bench.assertFigures(report, "deliveries_lost=0 deliveries_surplus=0 verified_missing=0");
    assertThat(Bench.figure(report, "deliveries_received"))
        .isPositive()
        .isEqualTo(Bench.figure(report, "deliveries_expected"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          steady --connections 20 --rate 100 | lines_sent=100 deliveries_received=1900 senders=1
          seed --processes 2 --connections 40 | processes=2 senders=2 asked_lines_per_second=20 deliveries_received=780
          chatter --connections 50 | senders=50 asked_lines_per_second=500 deliveries_received=24500
          """)
  void shouldSendWhatAScenarioSays(String words, String exactly) {
    double share = 0;
    for (int i = 0; i < ATTEMPTS && Math.abs(share - 1) > 0.2; i++) {
      String report =
          Bench.play(server.port(), "--scenario " + words + " --seconds 1 --warmup 0", 0);
      Bench.assertFigures(report, exactly);
      Bench.assertPositive(
          report, "latency_p50_millis latency_max_millis server_resident_megabytes");
      share =
          Bench.figure(report, "accepted_lines_per_second")
              / Bench.figure(report, "asked_lines_per_second");
    }
    assertThat(share).as("accepted of what was asked for").isBetween(0.8, 1.2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          pingpong --seconds 1 --warmup 0 | kernel_backlog_drops=* | round_trips latency_p50_millis load_cpu_percent server_cpu_percent server_resident_megabytes
          storm --connections 200 --rounds 2 | connections=200 storm_rounds=2 kernel_backlog_drops=* | first_round_seconds worst_round_seconds probes_max load_cpu_percent server_resident_megabytes
          idle --connections 200 --hold 0 | connections=200 connections_closed=0 | served_seconds server_resident_megabytes
          stuck --connections 30 --seconds 1 --warmup 1 --rate 200 | stuck=10 sent_megabytes_with=1.2 deliveries_lost=0 | healthy_p99_millis_without healthy_p99_millis_without_before healthy_p99_millis_without_again healthy_p99_millis_with healthy_p99_ratio resident_megabytes_before resident_megabytes_max resident_megabytes_after resident_megabytes_again
          """)
  void shouldPlayItsScenarios(String words, String exactly, String positive) {
    String report = Bench.play(server.port(), "--scenario " + words, 0);
    Bench.assertFigures(report, exactly);
    Bench.assertPositive(report, positive);
  }

  @Test
  void shouldTellOfEveryStepOfAFlood() {
    String words = "--scenario flood --connections 5 --sample 1 --seconds 1 --warmup 0";
    String report = Bench.play(server.port(), words + " --rate 1000000", 0);
    String steps = report.substring(0, report.indexOf("\"sustained_lines_per_second\""));
    String rest = report.substring(steps.length());
    Bench.assertPositive(steps, "rate latency_p99_millis lateness_p99_millis load_busy_percent");
    assertThat(steps).contains("\"sustained\": true", "\"warnings\": [");
    Bench.assertPositive(rest, "sustained_lines_per_second latency_p99_millis");
    Bench.assertFigures(rest, "deliveries_lost=0 verified_missing=0");
  }

  @ParameterizedTest
  @CsvSource({
    "drop, verified_missing",
    "double, verified_duplicated",
    "tear, verified_torn",
    "echo, verified_own",
    "reorder, verified_reordered",
    "digit, verified_foreign",
    "foreign, verified_foreign",
    "hang-up, connections_closed",
  })
  void shouldFindWhatAServerDoesWrong(String fault, String found) throws IOException {
    try (FaultyServer server = FaultyServer.start(fault)) {
      String words = "--connections 5 --rate 200 --full --seconds 1 --warmup 0";
      String report = Bench.play(server.port(), words, Bench.LOST);
      assertThat(report).contains("\"clean\": false");
      Bench.assertPositive(report, found);
    }
  }

  @Test
  void shouldFindALossOnAConnectionThatIsOnlyCounted() throws IOException {
    try (FaultyServer server = FaultyServer.start("drop-one")) {
      String words = "--connections 5 --rate 200 --sample 2 --seconds 1 --warmup 0";
      String report = Bench.play(server.port(), words, Bench.LOST);
      assertThat(report).contains("\"clean\": false");
      Bench.assertFigures(report, "verified_missing=0 deliveries_surplus=0");
      assertThat(Bench.figure(report, "deliveries_lost")).isBetween(7.0, 8.0);
    }
  }

  @Test
  void shouldTakeALostPingForALoss() throws IOException {
    try (FaultyServer server = FaultyServer.start("hang-up")) {
      String words = "--scenario pingpong --seconds 1 --warmup 0";
      String report = Bench.play(server.port(), words, Bench.LOST);
      assertThat(report).contains("\"clean\": false").contains("did not arrive");
      Bench.assertPositive(report, "round_trips");
    }
  }

  @Test
  void shouldSpeakToAServerOfAnotherKind() throws IOException {
    try (FakeRedis server = FakeRedis.start()) {
      String words = "--speak redis --connections 5 --senders 2 --rate 200 --full";
      String report = Bench.play(server.port(), words + " --seconds 1 --warmup 0", 0);
      Bench.assertFigures(
          report, "lines_sent=200 deliveries_received=1000 verified_lines=1000 verified_torn=0");
      Bench.assertPositive(report, "accepted_lines_per_second");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"f.svg", "f.png"})
  void shouldDrawAndWriteItsReport(String plot, @TempDir Path folder) throws IOException {
    Path drawn = folder.resolve(plot);
    String files = " --json " + folder.resolve("f.json") + " --plot " + drawn;
    try (Program bench =
        Bench.start(server.port(), "--connections 10 --seconds 1 --warmup 0" + files)) {
      assertThat(bench.exitCode(Bench.PATIENCE)).as(bench.output()).isZero();
      assertThat(bench.stdoutText()).contains("nothing was lost");
      assertThat(folder.resolve("f.json")).content().contains("\"latency_curve\"");
      if (plot.endsWith(".svg")) {
        assertThat(drawn).content().contains("<svg");
      } else {
        assertThat(ImageIO.read(drawn.toFile()).getWidth()).isGreaterThan(100);
      }
    }
  }
}
