package io.linecast.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.Gson;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ShareTest {

  @ParameterizedTest
  @CsvSource({"4000, 4, 4", "10, 3, 3", "4000, 4000, 7", "101, 5, 2", "50, 1, 1"})
  void shouldGiveEachConnectionAndEachSenderToOneProcess(
      int connections, int senders, int processes) {
    List<Share> shares = Share.of(options(Dialect.LINES, connections, senders, processes));

    assertThat(shares).hasSize(processes);
    assertThat(shares.stream().mapToInt(Share::connections).sum()).isEqualTo(connections);
    int next = 0;
    for (Share share : shares) {
      assertThat(share.firstSender()).isEqualTo(next);
      assertThat(share.senders()).isBetween(1, share.connections());
      next += share.senders();
    }
    assertThat(next).isEqualTo(senders);
  }

  @Test
  void shouldTravelAsJson() {
    Share share = Share.of(options(Dialect.NATS, 100, 10, 3)).get(1);
    Gson gson = new Gson();

    assertThat(gson.fromJson(gson.toJson(share), Share.class)).isEqualTo(share);
  }

  @Test
  void shouldKnowWhoseLinesDoNotComeBack() {
    Share second = Share.of(options(Dialect.LINES, 20, 4, 2)).get(1);

    assertThat(second.ownSender(0)).isEqualTo(2);
    assertThat(second.ownSender(1)).isEqualTo(3);
    assertThat(second.ownSender(2)).isEqualTo(Share.NOBODY);
    assertThat(second.fleetSize()).isEqualTo(10);
  }

  @Test
  void shouldAddConnectionsForSendersThatDoNotListen() {
    Share share = Share.of(options(Dialect.REDIS, 20, 4, 1)).getFirst();

    assertThat(share.fleetSize()).isEqualTo(24);
    assertThat(share.listens(3)).isFalse();
    assertThat(share.listens(4)).isTrue();
    assertThat(share.ownSender(0)).isEqualTo(Share.NOBODY);
  }

  @ParameterizedTest
  @EnumSource(
      value = Dialect.class,
      names = {"WS", "SSE"})
  void shouldHaveOnlyThoseOnTheWebPortWhoListen(Dialect dialect) {
    Share share = Share.of(options(dialect, 20, 4, 1)).getFirst();

    assertThat(share.fleetSize()).isEqualTo(24);
    assertThat(share.target().getPort()).isEqualTo(1234);
    assertThat(share.listenersTarget().getPort()).isEqualTo(8234);
  }

  @Test
  void shouldKnowHowLongLinesAreOnceItKnowsTheirNumbering() {
    Share share = Share.of(options(Dialect.SSE, 20, 4, 1)).getFirst().withEpoch("5f3a9c01");
    String event = "id: 5f3a9c01-1043\ndata: 0123456789012345678\n\n";

    assertThat(share.lengths().bytes(1043, 1))
        .isEqualTo("%x\r\n%s\r\n".formatted(event.length(), event).length());
    assertThat(share.withEpoch("").epoch()).isEmpty();
  }

  @Test
  void shouldSpinOnlyWhenAlone() {
    assertThat(Share.of(options(Dialect.LINES, 20, 1, 1)).getFirst().spins()).isTrue();
    assertThat(Share.of(options(Dialect.LINES, 20, 2, 2)).getFirst().spins()).isFalse();
  }

  @Test
  void shouldVerifyTheFirstAndTheLastOfThoseThatListen() {
    Share share = Share.of(options(Dialect.REDIS, 20, 4, 1)).getFirst();

    assertThat(Arrays.stream(Intake.sample(share)).boxed())
        .hasSize(5)
        .doesNotHaveDuplicates()
        .contains(4, 23)
        .allMatch(connection -> connection >= 4 && connection < 24);
  }

  @Test
  void shouldRefuseMoreProcessesThanThereIsWorkFor() {
    assertThatThrownBy(() -> options(Dialect.LINES, 10, 1, 2))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("--processes");
    assertThatThrownBy(() -> options(Dialect.LINES, 10, 11, 1))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("--senders");
  }

  @Test
  void shouldRefuseARunLongerThanALineCanTell() {
    assertThat(options(Dialect.LINES, 10, 1, 1, 4_398).totalLines()).isEqualTo(439_800);
    assertThatThrownBy(() -> options(Dialect.LINES, 10, 1, 1, 4_399))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("--seconds")
        .hasMessageContaining("4398");
  }

  @Test
  void shouldLoadSeveralServersInTurn() {
    List<InetSocketAddress> servers = List.of(server(1), server(2));
    List<Share> shares = Share.of(options(servers, Dialect.LINES, 8, 4, 4, 1));
    assertThat(shares).extracting(Share::port).containsExactly(1, 2, 1, 2);
    assertThat(shares).allMatch(Share::clustered);
    assertThat(Share.of(options(Dialect.LINES, 8, 4, 4))).noneMatch(Share::clustered);
  }

  @Test
  void shouldRefuseServersThatNoProcessLoads() {
    List<InetSocketAddress> servers = List.of(server(1), server(2));
    assertThatThrownBy(() -> options(servers, Dialect.LINES, 8, 3, 3, 1))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("--processes: each of the 2 servers");
  }

  static LoadOptions options(Dialect dialect, int connections, int senders, int processes) {
    return options(dialect, connections, senders, processes, 1);
  }

  private static LoadOptions options(
      Dialect dialect, int connections, int senders, int processes, int seconds) {
    return options(List.of(server(1234)), dialect, connections, senders, processes, seconds);
  }

  private static InetSocketAddress server(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  private static LoadOptions options(
      List<InetSocketAddress> servers,
      Dialect dialect,
      int connections,
      int senders,
      int processes,
      int seconds) {
    return new LoadOptions(
        servers,
        8234,
        dialect,
        connections,
        senders,
        0,
        100,
        20,
        seconds,
        0,
        5,
        5,
        1,
        processes,
        false,
        Optional.empty());
  }
}
