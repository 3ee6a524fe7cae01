package io.linecast.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.linecast.server.LinecastServer.Listening;
import io.linecast.server.ServerOptions.LinePort;
import io.linecast.server.StartException.Reason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A server that listens on several addresses. */
@ParameterizedClass
@EnumSource(
    value = Transport.class,
    names = {"EPOLL", "NIO"})
class SeveralAddressesIT {

  @Parameter private Transport transport;

  @BeforeEach
  void requireIpv6() throws SocketException {
    InetAddress loopback = InetAddress.ofLiteral("::1");
    assumeTrue(NetworkInterface.getByInetAddress(loopback) != null, "there is no IPv6 here");
  }

  @Test
  void shouldListenOnTheSamePortOfEachAddress() throws IOException {
    ServerOptions options =
        on("127.0.0.1", "127.0.0.2", "::1")
            .lines(List.of(new LinePort(0, "ships")))
            .web(WebOptions.onPort(0))
            .build();
    try (var server = LinecastServer.start(options)) {
      List<Listening> listening = server.listening();

      assertThat(listening)
          .extracting(Listening::channel)
          .containsExactly("main", "main", "main", "ships", "ships", "ships");
      assertThat(listening.subList(0, 3))
          .extracting(at -> at.address().getPort())
          .containsOnly(server.port());
      assertThat(listening.subList(3, 6)).extracting(at -> at.address().getPort()).hasSize(3);
      assertThat(server.webListening())
          .hasSize(3)
          .first()
          .isEqualTo(server.web().orElseThrow())
          .isEqualTo(at("127.0.0.1", server.web().orElseThrow().getPort()));
      for (Listening at : listening) {
        assertServes(at.address());
      }
      for (InetSocketAddress at : server.webListening()) {
        assertServes(at);
      }
    }
  }

  @Test
  void shouldTakeIpv4WithAllOfIpv6() throws IOException {
    try (var server = LinecastServer.start(on("::").build())) {
      assertServes(at("::1", server.port()));
      assertServes(at("127.0.0.2", server.port()));
    }
  }

  @Test
  void shouldNotTakeIpv4WithAllOfIpv6WhereAnIpv4AddressIsNamed() throws IOException {
    assumeTrue(transport == Transport.EPOLL, "nio cannot tell the two apart, and says so");
    try (var server = LinecastServer.start(on("::", "127.0.0.1").build())) {
      assertServes(at("::1", server.port()));
      assertServes(at("127.0.0.1", server.port()));
      InetSocketAddress other = at("127.0.0.2", server.port());
      assertThatThrownBy(() -> assertServes(other)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void shouldListenNowhereIfThePortIsTakenOnOneAddress() throws IOException {
    try (var taken = new ServerSocket(FreePort.next(), 1, InetAddress.ofLiteral("127.0.0.2"))) {
      ServerOptions options = on("127.0.0.1", "127.0.0.2").port(taken.getLocalPort()).build();

      assertThatThrownBy(() -> LinecastServer.start(options))
          .isInstanceOfSatisfying(
              StartException.class, e -> assertThat(e.reason()).isEqualTo(Reason.PORT_IN_USE))
          .hasMessageContaining("127.0.0.2:" + taken.getLocalPort());
      InetSocketAddress first = at("127.0.0.1", taken.getLocalPort());
      assertThatThrownBy(() -> assertServes(first)).isInstanceOf(IOException.class);
    }
  }

  private ServerOptionsBuilder on(String... addresses) {
    return ServerOptions.builder()
        .bind(List.of(addresses))
        .port(0)
        .transport(transport)
        .eventLoops(1);
  }

  private static void assertServes(InetSocketAddress at) throws IOException {
    try (Socket socket = new Socket(at.getAddress(), at.getPort())) {
      assertThat(socket.isConnected()).isTrue();
    }
  }

  private static InetSocketAddress at(String literal, int port) {
    return new InetSocketAddress(InetAddress.ofLiteral(literal), port);
  }
}
