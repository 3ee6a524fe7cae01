package io.linecast.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The load generator with those who listen on the web: {@code --wire ws} and {@code --wire sse}.
 */
@BlackBox
class BenchWebIT {
  private static final String SHORT = " --seconds 1 --warmup 0";

  private static ServerUnderTest server;

  @BeforeAll
  static void onlyWhereItHasItsSystemCalls() {
    Bench.assumeItsSystemCalls();
    server = ServerUnderTest.start("--web-port", "0");
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
          ws | --connections 50 --full | 50000
          ws | --connections 40 --senders 10 --rate 400 --full | 16000
          ws | --connections 40 --senders 4 --processes 2 --sender-thread --full | 40000
          ws | --connections 40 --sample 3 --stuck 5 --line-bytes 300 | 40000
          ws | --connections 4 --full --rate 20 --line-bytes 65536 | 80
          ws | --scenario chatter --connections 20 --full | 4000
          sse | --connections 50 --full | 50000
          sse | --connections 40 --senders 10 --rate 400 --full | 16000
          sse | --connections 40 --senders 4 --processes 2 --sender-thread --full | 40000
          sse | --connections 40 --sample 3 --stuck 5 --line-bytes 230 | 40000
          sse | --connections 4 --full --rate 20 --line-bytes 65536 | 80
          sse | --scenario chatter --connections 20 --full | 4000
          """)
  void shouldAccountForEveryDelivery(String wire, String words, int deliveries) {
    String report = play(server, wire, words + SHORT, 0);
    assertThat(report).contains("\"clean\": true", "\"wire\": \"" + wire + "\"");
    Bench.assertFigures(report, "deliveries_lost=0 verified_missing=0");
    Bench.assertPositive(report, "latency_p50_millis received_megabytes_per_second");
    assertThat(Bench.figure(report, "deliveries_received")).isEqualTo(deliveries);
    assertThat(Bench.figure(report, "deliveries_expected")).isEqualTo(deliveries);
  }

  @Test
  void shouldVerifyTheNumbersOfEvents() {
    String report = play(server, "sse", "--connections 5 --full --rate 2000" + SHORT, 0);
    Bench.assertFigures(report, "verified_lines=10000 verified_misnumbered=0");
  }

  @Test
  void shouldCountMessagesByWhatTheyTake() {
    String words = "--connections 20 --rate 1000 --line-bytes 150";
    String messages = play(server, "ws", words + SHORT, 0);
    double bytes = 1e6 * Bench.figure(messages, "received_megabytes_per_second");
    double each = bytes / Bench.figure(messages, "deliveries_per_second");
    assertThat(each).isBetween(152.9, 153.1); // 149 behind a header of four
  }

  /** A pong every five seconds comes before that, with some time to spare. */
  @Test
  void shouldKeepAServerFromAskingWhetherItIsThere() {
    try (ServerUnderTest server = ServerUnderTest.start("--web-port", "0", "--heartbeat", "9")) {
      String words = "--connections 20 --rate 5 --sample 2 --seconds 11 --warmup 0";
      String report = play(server, "ws", words, 0);
      Bench.assertFigures(report, "connections_broken_line=0 deliveries_received=1100");
    }
  }

  @Test
  void shouldHoldConnections() {
    for (String wire : new String[] {"ws", "sse"}) {
      String report = play(server, wire, "--scenario idle --connections 100 --hold 1", 0);
      Bench.assertFigures(report, "connections=100 connections_closed=0");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ws", "sse"})
  void shouldTellThatThereIsNoWebPort(String wire) throws IOException {
    int nobody;
    try (ServerSocket socket = new ServerSocket(0)) {
      nobody = socket.getLocalPort();
    }
    try (Program bench = Bench.start(server.port(), "--wire " + wire + " --web-port " + nobody)) {
      assertThat(bench.exitCode(Bench.PATIENCE)).as(bench.output()).isEqualTo(Bench.NOT_RUN);
      assertThat(bench.output()).contains("port " + nobody, "refused");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ws", "sse"})
  void shouldTellThatAPortIsNoWebPort(String wire) {
    try (Program bench = onLinePort(server, wire)) {
      assertThat(bench.exitCode(Bench.PATIENCE)).as(bench.output()).isEqualTo(Bench.NOT_RUN);
      assertThat(bench.output()).contains("is port " + server.port() + " a web port?");
    }
  }

  private static Program onLinePort(ServerUnderTest server, String wire) {
    String words = " --connections 3 --web-port " + server.port();
    return Bench.start(server.port(), "--wire " + wire + words);
  }

  private static String play(ServerUnderTest server, String wire, String words, int exitCode) {
    String where = "--wire " + wire + " --web-port " + server.web("/").getPort() + " ";
    return Bench.play(server.port(), where + words, exitCode);
  }
}
