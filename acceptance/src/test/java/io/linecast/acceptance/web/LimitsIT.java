package io.linecast.acceptance.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.linecast.acceptance.BlackBox;
import io.linecast.acceptance.Figures;
import io.linecast.acceptance.ServerUnderTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each limit is reached over sockets: the log names its option, status and metrics count it. */
@BlackBox
class LimitsIT {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** So that whoever asks how the server is comes from another one. */
  private static final String ADDRESS = "127.0.0.9";

  /** How each is reached: so many connections, of which each says something. */
  enum Excess {
    MAX_CONNECTIONS("2", 6, ""),
    MAX_PER_ADDRESS("2", 6, ""),
    ACCEPT_RATE("4", 12, ""),
    ACCEPT_RATE_PER_ADDRESS("2", 8, ""),
    MAX_HANDSHAKES("1", 8, ""),
    HANDSHAKE_TIME("1s", 1, "\26\3\1"),
    HELLO_TIME("1s", 1, "LINECAST/1 a"),
    REQUEST_TIME("1s", 1, "GET / HTTP/1.1\r\n"),
    MAX_LINES_RATE("10", 1, "x\n".repeat(100)),
    MAX_BYTES_RATE("1k", 1, ("x".repeat(99) + "\n").repeat(100)),
    MAX_MEMORY("2m", 60, "x".repeat(60 << 10));

    private final String most;
    private final int connections;
    private final String said;

    Excess(String most, int connections, String said) {
      this.most = most;
      this.connections = connections;
      this.said = said;
    }

    String option() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The web port is without TLS where the line port has it. */
    ServerUnderTest server() {
      List<String> options = new ArrayList<>(List.of("--" + option(), most, "--web-port"));
      if (this == MAX_HANDSHAKES || this == HANDSHAKE_TIME) {
        String port = Integer.toString(ServerUnderTest.freePort());
        options.addAll(List.of(port, "--tls-self-signed", "--tls-off", port));
      } else {
        options.add("0");
      }
      return ServerUnderTest.start(options.toArray(String[]::new));
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldCountAndNameALimitThatIsReached(Excess excess) {
    List<Socket> sockets = new ArrayList<>();
    try (ServerUnderTest server = excess.server()) {
      int port = excess == Excess.REQUEST_TIME ? server.web("/").getPort() : server.port();
      for (int i = 0; i < excess.connections; i++) {
        sockets.add(saying(excess.said, port));
      }
      await("word of it")
          .atMost(PATIENCE)
          .until(() -> server.output().contains("--" + excess.option()));
      sockets.forEach(LimitsIT::close);

      await("a connection to ask by")
          .atMost(PATIENCE)
          .ignoreExceptions()
          .untilAsserted(() -> assertThat(Status.of(server).limited(excess.option())).isPositive());
      assertThat(Figures.of(server).limited(excess.option())).isPositive();
    } finally {
      sockets.forEach(LimitsIT::close);
    }
  }

  @Test
  void shouldCountNoOtherThanThoseAndNoneThatIsNotReached() {
    try (ServerUnderTest server = ServerUnderTest.start("--web-port", "0")) {
      Status status = Status.of(server);
      assertThat(status.json().getAsJsonObject("limited").keySet())
          .containsExactlyElementsOf(Arrays.stream(Excess.values()).map(Excess::option).toList());
      for (Excess excess : Excess.values()) {
        assertThat(status.limited(excess.option())).as(excess.option()).isZero();
      }
    }
  }

  /** Who is refused may be so before it has said anything. */
  private static Socket saying(String words, int port) {
    Socket socket = new Socket();
    try {
      socket.bind(new InetSocketAddress(ADDRESS, 0));
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      socket.getOutputStream().write(words.getBytes(ISO_8859_1));
    } catch (IOException refused) {
      assertThat(refused).hasMessageNotContaining("Connection refused");
    }
    return socket;
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
