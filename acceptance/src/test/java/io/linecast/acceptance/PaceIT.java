package io.linecast.acceptance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of a client that falls a whole window behind. */
@BlackBox
@ParameterizedClass
@MethodSource("io.linecast.acceptance.Transport#underTest")
record PaceIT(Transport transport) {
  private static final int LISTENERS = 4;
  private static final int LINE_BYTES = 1_000;
  private static final int BATCH_LINES = 200;

  @Test
  void shouldDisconnectAClientAWindowBehindUnlessToldOtherwise() {
    try (ServerUnderTest server = start();
        LineClient stuck = server.connectWithSmallBuffer();
        Crowd others = Crowd.joined(server, LISTENERS)) {
      Fence.gather(server, stuck);
      Load load = load(others, 16_000);
      load.sendInStep(others, BATCH_LINES);
      await("word of the slow client").until(() -> wordsOf(stuck, server), w -> w.contains("slow"));
      List<NumberedLine> heard = decode(stuck.hearUntilGone());
      assertThat(heard).as("heard before the end").hasSizeLessThan(load.linesEach());
      assertThat(gaps(heard)).as("gaps in what a plain client heard").isEmpty();
      Balance balance = server.stopAndBalance();
      assertThat(balance.balances()).as("%s", balance).isTrue();
      assertThat(balance.skipped()).isZero();
      assertThat(balance.pending()).as("lines it never got").isPositive();
    }
  }

  @Test
  void shouldMakeItSkipToNewerLinesWhereThatIsAskedFor() {
    try (ServerUnderTest server = start("--slow", "skip");
        LineClient stuck = server.connectWithSmallBuffer();
        Crowd others = Crowd.joined(server, LISTENERS)) {
      Fence.gather(server, stuck);
      Load load = load(others, 16_000);
      load.sendInStep(others, BATCH_LINES);
      List<NumberedLine> heard = new ArrayList<>();
      do {
        heard.addAll(decode(stuck.hear(1)));
      } while (heard.getLast().number() < load.linesEach() - 1);
      assertThat(gaps(heard)).as("gaps").isNotEmpty();
      assertThat(wordsOf(stuck, server)).contains("slow");
      Balance balance = server.stopAndBalance();
      assertThat(balance.balances()).as("%s", balance).isTrue();
      assertThat(balance.skipped()).isEqualTo(load.linesEach() - heard.size());
      assertThat(balance.pending()).isZero();
    }
  }

  @Test
  void shouldMakeSendersWaitForTheSlowestWhereThatIsAskedForAndLoseNothing() {
    try (ServerUnderTest server = start("--slow", "stall");
        LineClient stuck = server.connectWithSmallBuffer();
        Crowd others = Crowd.joined(server, LISTENERS)) {
      Fence.gather(server, stuck);
      Load load = load(others, 48_000);
      load.sendAtOnce();
      CrowdMember listener = others.member(LISTENERS - 1);
      await("that nothing moves")
          .during(Duration.ofMillis(800))
          .atMost(Duration.ofSeconds(15))
          .until(new Unchanged(() -> listener.transcript().count()));
      assertThat(load.senders().getFirst().hasSentAll()).as("sender has sent all").isFalse();
      List<NumberedLine> heard = decode(stuck.hear(load.linesEach()));
      assertThat(gaps(heard)).isEmpty();
      others.awaitLines(load::eligible, Duration.ofSeconds(20));
      Balance balance = server.stopAndBalance();
      assertThat(balance.delivered()).as("%s", balance).isEqualTo(balance.eligible());
    }
  }

  @Test
  void shouldPrintABalanceThatCountsEveryDelivery() {
    try (ServerUnderTest server = start()) {
      List<LineClient> clients = LineClient.joined(server, LISTENERS);
      LineClient leaving = clients.getFirst();
      for (int i = 0; i < 500; i++) {
        clients.getLast().send("line " + i);
      }
      leaving.hear(500);
      leaving.leave();
      for (int i = 0; i < 300; i++) {
        clients.getLast().send("line " + i);
      }
      clients.subList(1, LISTENERS - 1).forEach(listener -> listener.hear(800));
      Balance balance = server.stopAndBalance();
      long heard = clients.stream().mapToLong(LineClient::linesHeard).sum();
      assertThat(balance).isEqualTo(new Balance(heard, heard, 0, 0));
      clients.forEach(LineClient::close);
    }
  }

  private ServerUnderTest start(String... options) {
    return new ServerLauncher()
        .with("--transport", transport.option(), "--window", "1m")
        .with(options)
        .start();
  }

  private static Load load(Crowd crowd, int lines) {
    return new Load(crowd.members().subList(0, 1), lines, LINE_BYTES);
  }

  private static List<NumberedLine> decode(List<String> lines) {
    return lines.stream()
        .map(line -> line.getBytes(ISO_8859_1))
        .map(bytes -> NumberedLine.decode(bytes, 0, bytes.length))
        .toList();
  }

  private static List<String> gaps(List<NumberedLine> lines) {
    List<String> gaps = new ArrayList<>();
    int expected = 0;
    for (NumberedLine line : lines) {
      if (line.number() != expected) {
        gaps.add("%d..%d".formatted(expected, line.number() - 1));
      }
      expected = line.number() + 1;
    }
    return gaps;
  }

  private static String wordsOf(LineClient client, ServerUnderTest server) {
    return String.join(
        "\n", server.output().lines().filter(l -> l.contains(client.localAddress())).toList());
  }
}
