package io.linecast.server;

import static io.linecast.server.ProxyHeaders.bytes;
import static io.linecast.server.ProxyHeaders.join;
import static org.assertj.core.api.Assertions.assertThat;

import io.linecast.server.access.Allowance;
import io.linecast.server.access.Network;
import io.linecast.server.access.PlainRights;
import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Clients of whom a proxy on this machine, at 127.0.0.2, does not tell where they are: they may be
 * anywhere, and are not of this machine because it is.
 */
class HiddenClientsIT {

  private static final byte[] NOTHING = {};
  private static final byte[] LOCAL =
      ProxyHeaders.v2(ProxyHeaders.LOCAL, ProxyHeaders.UNSPECIFIED, NOTHING);
  private static final ReachOptions REACH =
      ReachOptions.defaults().withProxyFrom(Network.parse("127.0.0.2"));

  static Stream<byte[]> headers() {
    return Stream.of(
        bytes("PROXY UNKNOWN\r\n"),
        bytes("PROXY UNKNOWN 127.0.0.1 127.0.0.1 4711 1234\r\n"),
        bytes("PROXY TCP4 127.0.0.1 127.0.0.1 4711 1234\r\n"),
        bytes("PROXY TCP6 ::1 ::1 4711 1234\r\n"),
        ProxyHeaders.v2(ProxyHeaders.PROXY, ProxyHeaders.UNSPECIFIED, NOTHING),
        ProxyHeaders.v2(ProxyHeaders.TCP4, "127.0.0.1", 4711, NOTHING));
  }

  private static MonitoredServer start(AccessOptions access, LimitOptions limits) {
    return new MonitoredServer(
        ServerOptions.builder().eventLoops(1).reach(REACH).access(access).limits(limits));
  }

  private static String get(MonitoredServer server, byte[] header, String path) throws IOException {
    return answer(server, header, "GET " + path, "");
  }

  private static String post(MonitoredServer server, byte[] header) throws IOException {
    return answer(server, header, "POST /lines", "hello\n");
  }

  private static String answer(MonitoredServer server, byte[] header, String what, String body)
      throws IOException {
    String request =
        what
            + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: "
            + body.length()
            + "\r\n\r\n"
            + body;
    try (Socket client = ProxySocket.connect(server.server().web().orElseThrow().getPort())) {
      client.getOutputStream().write(join(header, bytes(request)));
      return ProxySocket.hearToTheEnd(client);
    }
  }

  @ParameterizedTest
  @MethodSource("headers")
  void shouldNotBeToldHowTheServerIs(byte[] header) throws IOException {
    try (MonitoredServer server = start(AccessOptions.defaults(), LimitOptions.defaults())) {
      assertThat(get(server, header, "/api/status")).startsWith("HTTP/1.1 403 ");
      assertThat(get(server, header, "/metrics")).startsWith("HTTP/1.1 403 ");
      assertThat(post(server, header)).startsWith("HTTP/1.1 200 ");
    }
  }

  @ParameterizedTest
  @MethodSource("headers")
  void shouldBeInNoNetworkThatIsAllowedMore(byte[] header) throws IOException {
    AccessOptions access =
        AccessOptions.defaults()
            .withAllow(List.of(Allowance.parse("127.0.0.0/8"), Allowance.parse("::1")));
    try (MonitoredServer server = start(access, LimitOptions.defaults())) {
      assertThat(post(server, header)).startsWith("HTTP/1.1 403 ");
      try (Socket client = ProxySocket.connect(server.server().port())) {
        client.getOutputStream().write(join(header, bytes("may I?\n")));
        assertThat(ProxySocket.hearToTheEnd(client)).isEmpty();
      }
      assertThat(server.scrape().value("linecast_refused_total", "code=auth")).isPositive();
    }
  }

  /** They count for the proxy's address, which is no longer exempt for being of this machine. */
  @Test
  void shouldBeLimitedTogetherByTheProxysAddress() throws IOException {
    int most = LimitOptions.DEFAULT_ACCEPT_RATE_PER_ADDRESS;
    List<Socket> clients = new ArrayList<>();
    try (MonitoredServer server = start(AccessOptions.defaults(), LimitOptions.defaults())) {
      for (int i = 0; i < 10 * most; i++) {
        Socket client = ProxySocket.connect(server.server().port());
        clients.add(client);
        client.getOutputStream().write(bytes("PROXY UNKNOWN\r\n"));
      }
      assertThat(get(server, LOCAL, "/health/live")).startsWith("HTTP/1.1 200 ");
      assertThat(server.scrape().value("linecast_limited_total", "limit=accept-rate-per-address"))
          .isPositive();
    } finally {
      for (Socket client : clients) {
        client.close();
      }
    }
  }

  /** It is the proxy itself, which may look how the server is, as all else on this machine. */
  @Test
  void shouldTellAProxyThatSpeaksForItselfHowTheServerIs() throws IOException {
    AccessOptions access = AccessOptions.defaults().withPlain(PlainRights.NONE);
    try (MonitoredServer server = start(access, LimitOptions.defaults())) {
      assertThat(get(server, LOCAL, "/api/status")).startsWith("HTTP/1.1 200 ");
    }
  }
}
