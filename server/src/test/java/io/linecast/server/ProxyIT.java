package io.linecast.server;

import static io.linecast.server.ProxyHeaders.bytes;
import static io.linecast.server.ProxyHeaders.join;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.linecast.server.access.Network;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Connections that come through a proxy: from 127.0.0.2. All others are clients' own. */
@ParameterizedClass
@EnumSource(
    value = Transport.class,
    names = {"EPOLL", "NIO"})
class ProxyIT {

  private static final byte[] NOTHING = {};
  private static final String V1 = "PROXY TCP4 203.0.113.9 192.0.2.1 4711 1234\r\n";

  @Parameter private Transport transport;
  private MonitoredServer server;
  private Socket listener;

  @BeforeEach
  void start() throws IOException {
    server = new MonitoredServer(options());
    listener = server.line("LINECAST/1 lllllllll\n");
    MonitoredServer.readThrough(listener, "LINECAST/1 lllllllll ok ");
  }

  private ServerOptionsBuilder options() {
    return ServerOptions.builder()
        .transport(transport)
        .eventLoops(1)
        .reach(ReachOptions.defaults().withProxyFrom(Network.parse("127.0.0.2/31")));
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  @Test
  void shouldKnowAClientByItsHeader() throws IOException {
    assertKnownAs("203.0.113.9:4711", bytes(V1));
    assertKnownAs("[2001:db8::9]:4712", bytes("PROXY TCP6 2001:db8::9 2001:db8::1 4712 1234\r\n"));
    assertKnownAs(
        "203.0.113.9:4713", ProxyHeaders.v2(ProxyHeaders.TCP4, "203.0.113.9", 4713, NOTHING));
    assertKnownAs(
        "[2001:db8::9]:64714", ProxyHeaders.v2(ProxyHeaders.TCP6, "2001:db8::9", 64714, NOTHING));
  }

  @Test
  void shouldPassOverWhatElseAHeaderSays() throws IOException {
    byte[] further = join(ProxyHeaders.further(0x02, 20), ProxyHeaders.further(0xea, 1500));
    assertKnownAs(
        "203.0.113.9:4715", ProxyHeaders.v2(ProxyHeaders.TCP4, "203.0.113.9", 4715, further));
  }

  @Test
  void shouldKeepTheProxysAddressWhereAHeaderTellsOfNone() throws IOException {
    assertKnownAs(null, bytes("PROXY UNKNOWN\r\n"));
    assertKnownAs(null, bytes("PROXY UNKNOWN ffff:f:f ffff 65535 65535\r\n"));
    assertKnownAs(null, ProxyHeaders.v2(ProxyHeaders.LOCAL, ProxyHeaders.UNSPECIFIED, NOTHING));
    assertKnownAs(null, ProxyHeaders.v2(ProxyHeaders.PROXY, ProxyHeaders.UNSPECIFIED, NOTHING));
  }

  @Test
  void shouldTakeNobodyForAClientOfThisMachineWhoIsOneOfTheProxys() throws IOException {
    assertKnownAs(null, bytes("PROXY TCP4 127.0.0.1 127.0.0.1 4711 1234\r\n"));
    assertKnownAs(null, bytes("PROXY TCP6 ::1 ::1 4711 1234\r\n"));
    assertKnownAs(null, bytes("PROXY TCP6 ::ffff:127.0.0.1 ::1 4711 1234\r\n"));
  }

  @Test
  void shouldReadAHeaderThatComesByteByByte() throws IOException {
    byte[] binary = ProxyHeaders.v2(ProxyHeaders.TCP6, "2001:db8::9", 4716, NOTHING);
    for (byte[] header : List.of(bytes(V1), binary)) {
      try (Socket client = ProxySocket.connect(server.server().port())) {
        client.setTcpNoDelay(true);
        for (byte next : join(header, bytes("one by one\n"))) {
          client.getOutputStream().write(next);
        }
        MonitoredServer.readThrough(listener, " one by one\n");
      }
    }
  }

  @Test
  void shouldLoseNothingOfManyLinesRightBehindAHeader() throws IOException {
    String lines = "a line right behind a header\n".repeat(20_000);
    try (Socket client = ProxySocket.connect(server.server().port())) {
      client.getOutputStream().write(bytes(V1 + lines + "the last"));
      client.shutdownOutput();
      MonitoredServer.readThrough(listener, " the last\n");
      MonitoredServer.readToEnd(client);
    }
    await()
        .untilAsserted(
            () ->
                assertThat(server.scrape().main("linecast_lines_accepted_total"))
                    .isEqualTo(20_001));
  }

  @Test
  void shouldTakeAHelloBehindAHeader() throws IOException {
    try (Socket client = ProxySocket.connect(server.server().port())) {
      client.getOutputStream().write(bytes(V1 + "LINECAST/1 aaaaaaaa\nSEND 1 acknowledged\n"));
      MonitoredServer.readThrough(client, "SENT 1 1");
      MonitoredServer.readThrough(listener, "LINE 1 acknowledged\n");
    }
    awaitClosed("203.0.113.9:4711", "acknowledged");
  }

  @Test
  void shouldTakeARequestBehindAHeader() throws IOException {
    int web = server.server().web().orElseThrow().getPort();
    try (Socket client = ProxySocket.connect(web)) {
      client
          .getOutputStream()
          .write(
              bytes(
                  V1
                      + "POST /lines HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\n\r\nweb\n"));
      MonitoredServer.readThrough(client, "HTTP/1.1 200 ");
      MonitoredServer.readThrough(listener, " web\n");
    }
    try (Socket client = ProxySocket.connect(web)) {
      client.getOutputStream().write(bytes(V1 + "GET /lines HTTP/1.1\r\nHost: localhost\r\n\r\n"));
      MonitoredServer.readThrough(client, "HTTP/1.1 200 ");
    }
    awaitClosed("203.0.113.9:4711", "http");
  }

  @Test
  void shouldRefuseAtOnceWhatBeginsWithSomethingElse() throws IOException {
    for (byte[] words :
        List.of(
            bytes("hello\n"),
            bytes("PROXY\r\n"),
            bytes("PROXI"),
            bytes("\r\n\r\nX"),
            bytes("PROXY TCP4 nonsense 192.0.2.1 4711 1234\r\n"),
            bytes("PROXY TCP4 203.0.113.9 192.0.2.1 4711 99999\r\n"),
            bytes("PROXY TCP6 fe80::1%nowhere0 ::1 4711 1234\r\n"),
            bytes("PROXY TCP4 " + "1".repeat(200)),
            ProxyHeaders.v2(0x31, ProxyHeaders.TCP4, new byte[12]),
            ProxyHeaders.v2(ProxyHeaders.PROXY, ProxyHeaders.TCP4, new byte[3]),
            ProxyHeaders.v2(ProxyHeaders.PROXY, ProxyHeaders.TCP4, new byte[60_000]))) {
      assertRefused(words, false);
    }
    int web = server.server().web().orElseThrow().getPort();
    try (Socket client = ProxySocket.connect(web)) {
      client.getOutputStream().write(bytes("GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n"));
      assertThat(ProxySocket.hearToTheEnd(client)).isEmpty();
    }
    awaitRefusals(12);
    assertThat(server.scrape().value("linecast_connections_closed_total", "reason=handshake"))
        .isEqualTo(12);
    assertOnlyTheListenerIsThere();
  }

  @Test
  void shouldRefuseAHeaderThatEndsBeforeItIsWhole() throws IOException {
    assertRefused(bytes("PROXY TCP4 203.0.113.9"), true);
    assertRefused(ProxyHeaders.v2(ProxyHeaders.PROXY, ProxyHeaders.TCP4, new byte[2]), true);
    awaitRefusals(2);
    assertOnlyTheListenerIsThere();
  }

  @Test
  void shouldRefuseAHeaderThatTakesTooLong() throws IOException {
    try (Socket silent = ProxySocket.connect(server.server().port());
        Socket slow = ProxySocket.connect(server.server().port())) {
      slow.getOutputStream().write(bytes("PROXY TCP4 "));

      assertThat(ProxySocket.hearToTheEnd(silent)).isEmpty();
      assertThat(ProxySocket.hearToTheEnd(slow)).isEmpty();
    }
    awaitRefusals(2);
    assertOnlyTheListenerIsThere();
  }

  @Test
  void shouldNotWaitForAHeaderWhenItStops() throws IOException {
    ServerOptionsBuilder patient =
        options()
            .limits(LimitOptions.defaults().withHandshakeTime(Duration.ofSeconds(60)))
            .drain(Duration.ofSeconds(60));
    try (MonitoredServer other = new MonitoredServer(patient);
        Socket silent = ProxySocket.connect(other.server().port())) {
      await().until(() -> other.server().connections() == 1);
      long before = System.nanoTime();
      other.server().close();
      assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(30));
      assertThat(ProxySocket.hearToTheEnd(silent)).isEmpty();
    }
  }

  @Test
  void shouldNotMindAProxyThatOnlyLooksWhetherTheServerIsThere() throws IOException {
    try (Socket client = ProxySocket.connect(server.server().port())) {
      client.shutdownOutput();
      assertThat(ProxySocket.hearToTheEnd(client)).isEmpty();
    }
    ProxySocket.connect(server.server().port()).close();
    assertThat(refusals()).isZero();
    assertOnlyTheListenerIsThere();
    assertThat(refusals()).isZero();
  }

  @Test
  void shouldTakeAHeaderFromAnywhereElseForALine() throws IOException {
    String address;
    try (Socket client = server.line(V1)) {
      address = "127.0.0.1:" + client.getLocalPort();
      MonitoredServer.readThrough(listener, "LINE 1 " + V1);
    }
    awaitClosed(address, "plain");
  }

  private void assertKnownAs(@Nullable String address, byte[] header) throws IOException {
    try (Socket client = ProxySocket.connect(server.server().port())) {
      String proxy = "127.0.0.2:" + client.getLocalPort();
      client.getOutputStream().write(join(header, bytes("hi\n")));
      client.shutdownOutput();
      MonitoredServer.readThrough(listener, " hi\n");
      assertThat(ProxySocket.hearToTheEnd(client)).isEmpty();
      awaitClosed(address == null ? proxy : address, "plain");
    }
  }

  private void assertRefused(byte[] words, boolean ended) throws IOException {
    try (Socket client = ProxySocket.connect(server.server().port())) {
      client.getOutputStream().write(words);
      if (ended) {
        client.shutdownOutput();
      }
      assertThat(ProxySocket.hearToTheEnd(client)).isEmpty();
    }
  }

  private void awaitClosed(String address, String wire) {
    await()
        .untilAsserted(
            () -> {
              JsonObject last = closed().get(0).getAsJsonObject();
              assertThat(last.get("address").getAsString()).isEqualTo(address);
              assertThat(last.get("wire").getAsString()).isEqualTo(wire);
            });
  }

  private JsonArray closed() {
    return JsonParser.parseString(server.get("/api/status").body())
        .getAsJsonObject()
        .getAsJsonArray("closed");
  }

  private void awaitRefusals(int count) {
    await().untilAsserted(() -> assertThat(refusals()).isEqualTo(count));
  }

  private double refusals() {
    return server.scrape().value("linecast_refused_total", "code=proxy");
  }

  /** Beside whoever asks. */
  private void assertOnlyTheListenerIsThere() {
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() -> assertThat(server.server().connections()).isEqualTo(2));
  }
}
