package io.linecast.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.linecast.server.access.AccessPolicy;
import io.linecast.server.access.Peer;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who counts as being on the server's own machine. */
class ReceptionTest {

  private final Reception reception = new Reception(AccessPolicy.open());

  private boolean administers(Peer peer, String... headers) {
    HttpRequest head = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/");
    for (int i = 0; i < headers.length; i += 2) {
      head.headers().add(headers[i], headers[i + 1]);
    }
    return reception.receive(peer, head, Map.of()).rights().mayAdminister();
  }

  private static Peer at(String address) {
    return Peer.at(new InetSocketAddress(InetAddress.ofLiteral(address), 4711));
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, localhost:8234, true",
    "127.0.0.1, LOCALHOST, true",
    "127.0.0.1, 127.0.0.1:8234, true",
    "127.9.9.9, 127.0.0.2, true",
    "::1, [::1]:8234, true",
    "127.0.0.1, example.org, false",
    "127.0.0.1, 127.example.org, false",
    "127.0.0.1, localhost.example.org, false",
    "127.0.0.1, 192.0.2.1, false",
    "192.0.2.9, localhost, false",
    "192.0.2.9, 127.0.0.1, false",
    "::ffff:127.0.0.1, localhost, true",
  })
  void shouldGoByAddressAndName(String address, String host, boolean here) {
    assertThat(administers(at(address), "Host", host)).isEqualTo(here);
  }

  @ParameterizedTest
  @CsvSource({
    "Forwarded",
    "forwarded",
    "X-Forwarded-For",
    "X-FORWARDED-PROTO",
    "Via",
    "X-Real-Ip",
  })
  void shouldSeeWhatAProxyAdds(String header) {
    assertThat(administers(at("127.0.0.1"), "Host", "localhost", header, "")).isFalse();
    Peer unix = Peer.byUnixSocket(at("127.0.0.1").address());
    assertThat(administers(unix, "Host", "localhost", header, "x")).isFalse();
  }

  @Test
  void shouldNotTakeWhomAProxyHidesForOneOfItsMachine() {
    assertThat(administers(at("127.0.0.2").hiddenByProxy(), "Host", "localhost")).isFalse();
    assertThat(administers(at("::1").hiddenByProxy())).isFalse();
  }

  @Test
  void shouldTrustAUnixSocketWhateverItsHost() {
    Peer unix = Peer.byUnixSocket(at("192.0.2.9").address());
    assertThat(administers(unix, "Host", "example.org")).isTrue();
  }
}
