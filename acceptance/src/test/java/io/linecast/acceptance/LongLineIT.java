package io.linecast.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** A line longer than the limit. */
@BlackBox
@ParameterizedClass
@MethodSource("io.linecast.acceptance.Transport#underTest")
record LongLineIT(Transport transport) {
  private static final int LIMIT = 64 << 10;

  @Test
  void shouldRelayALineOfTheLimitAndDiscardOneThatIsAByteLonger() {
    try (ServerUnderTest server = ServerUnderTest.usual(transport)) {
      List<LineClient> clients = LineClient.joined(server, 2);
      LineClient sender = clients.get(0);
      LineClient listener = clients.get(1);
      sender.sendBytes(line(LIMIT, 'a'));
      sender.sendBytes(line(LIMIT + 1, 'b'));
      sender.sendBytes(line(LIMIT, 'c'));
      assertThat(listener.hearBytes()).hasSize(LIMIT - 1).containsOnly('a');
      assertThat(listener.hearBytes()).hasSize(LIMIT - 1).containsOnly('c');
      clients.forEach(LineClient::close);
    }
  }

  @Test
  void shouldDiscardALongLineToItsLineFeedAndKeepTheConnection() {
    try (ServerUnderTest server = ServerUnderTest.usual(transport)) {
      List<LineClient> clients = LineClient.joined(server, 3);
      LineClient sender = clients.get(0);
      for (int i = 0; i < 20; i++) {
        sender.sendBytes(line(LIMIT * 3 + i, 'x'));
        sender.send("short " + i);
      }
      for (int i = 0; i < 20; i++) {
        assertThat(clients.get(1).hear()).isEqualTo("short " + i);
        assertThat(clients.get(2).hear()).isEqualTo("short " + i);
      }
      clients.get(1).send("and back");
      assertThat(sender.hear()).isEqualTo("and back");
      clients.forEach(LineClient::close);
    }
  }

  @Test
  void shouldDiscardALongLineThatIsNeverFinished() {
    try (ServerUnderTest server = ServerUnderTest.usual(transport)) {
      List<LineClient> clients = LineClient.joined(server, 2);
      clients.get(0).send("before");
      clients.get(0).sendBytes(new byte[LIMIT + 1]);
      clients.get(0).halfClose();
      clients.get(0).expectEnd();
      Fence.gather(server, clients.get(1));
      assertThat(clients.get(1).strays()).containsExactly("before");
      clients.forEach(LineClient::close);
    }
  }

  @Test
  void shouldCloseTheConnectionInsteadWhereThatIsAskedFor() {
    try (ServerUnderTest server = start("--too-long", "close")) {
      List<LineClient> clients = LineClient.joined(server, 3);
      LineClient sender = clients.get(0);
      sender.send("before");
      assertThat(clients.get(1).hear()).isEqualTo("before");
      sender.sendUntilClosed(line(LIMIT * 4, 'x'), 1);
      assertThat(sender.hearUntilGone()).isEmpty();
      clients.get(1).send("undisturbed");
      assertThat(clients.get(2).hear(2)).containsExactly("before", "undisturbed");
      assertThat(server.output()).contains(sender.localAddress());
      clients.forEach(LineClient::close);
    }
  }

  @Test
  void shouldTakeALimitOfOnesOwn() {
    try (ServerUnderTest server = start("--max-line", "1k")) {
      List<LineClient> clients = LineClient.joined(server, 2);
      clients.get(0).sendBytes(line(1_025, 'b'));
      clients.get(0).sendBytes(line(1_024, 'a'));
      assertThat(clients.get(1).hearBytes()).hasSize(1_023).containsOnly('a');
      clients.forEach(LineClient::close);
    }
  }

  @Test
  void shouldLogLongLinesWithThePeersAddressAtMostOnceASecondAndCountThem() {
    int times = 500;
    try (ServerUnderTest server = start("--max-line", "1k")) {
      List<LineClient> clients = LineClient.joined(server, 2);
      LineClient sender = clients.get(0);
      long begin = System.nanoTime();
      for (int i = 0; i < times; i++) {
        sender.sendBytes(line(5_000, 'x'));
      }
      sender.send("the end");
      assertThat(clients.get(1).hear()).isEqualTo("the end");
      Duration took = Duration.ofNanos(System.nanoTime() - begin);
      await("a line in the log").until(() -> linesAbout(sender, server) > 0);
      assertThat(linesAbout(sender, server)).isLessThanOrEqualTo(took.toSeconds() + 2);
      clients.forEach(LineClient::close);
      assertThat(server.stop()).isZero();
      assertThat(server.output()).containsPattern("\\b" + times + "\\b.*(over|long|limit)");
    }
  }

  @Test
  void shouldHoldNoMoreThanTheLimitForALongLine() {
    try (ServerUnderTest server = start("--window", "8m")) {
      List<LineClient> clients = LineClient.joined(server, 2);
      ProcessFigures figures = new ProcessFigures(server.program());
      byte[] piece = new byte[1 << 20];
      Arrays.fill(piece, (byte) 'x');
      clients.get(0).sendUntilClosed(piece, 20);
      long before = figures.residentBytes();
      clients.get(0).sendUntilClosed(piece, 400);
      clients.get(0).send("", "the end");
      assertThat(clients.get(1).hear()).isEqualTo("the end");
      assertThat(figures.residentBytes() - before).as("growth in bytes").isLessThan(64 << 20);
      clients.forEach(LineClient::close);
    }
  }

  private ServerUnderTest start(String option, String value) {
    return ServerUnderTest.start("--transport", transport.option(), option, value);
  }

  private static long linesAbout(LineClient client, ServerUnderTest server) {
    return server
        .output()
        .lines()
        .filter(line -> line.contains(client.localAddress()))
        .filter(line -> line.matches(".*(over|long|limit).*"))
        .count();
  }

  private static byte[] line(int lengthBytes, char filling) {
    byte[] bytes = new byte[lengthBytes];
    Arrays.fill(bytes, (byte) filling);
    bytes[lengthBytes - 1] = '\n';
    return bytes;
  }
}
