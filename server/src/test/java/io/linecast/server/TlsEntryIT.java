package io.linecast.server;

import static io.linecast.server.TlsClient.say;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.linecast.core.CloseReason;
import io.linecast.server.ServerOptions.LinePort;
import io.linecast.server.tls.Pem;
import io.linecast.server.tls.SelfSigned;
import io.linecast.server.tls.ServerCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Who does not get in to a port with TLS, and what such a client is told. */
@ParameterizedClass
@EnumSource(
    value = Transport.class,
    names = {"EPOLL", "NIO"})
class TlsEntryIT {

  private static final int PATIENCE_MILLIS = 20_000;
  private static final TlsOptions SELF_SIGNED =
      TlsOptions.defaults().withSelfSigned(Optional.empty());

  @Parameter private Transport transport;
  @TempDir private Path folder;

  private ServerOptionsBuilder options() {
    return ServerOptions.builder().port(0).transport(transport).tls(SELF_SIGNED);
  }

  static LimitOptions handshakes(int most) {
    LimitOptions usual = LimitOptions.defaults();
    return new LimitOptions(
        usual.maxPerAddress(),
        usual.acceptRate(),
        usual.acceptRatePerAddress(),
        most,
        usual.maxLinesRate(),
        usual.maxBytesRate(),
        usual.handshakeTime(),
        usual.helloTime(),
        usual.maxMemoryBytes());
  }

  private static Socket connect(int port) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(PATIENCE_MILLIS);
    return socket;
  }

  @Test
  void shouldEndAConnectionThatSpeaksNoTls() throws Exception {
    try (var server = LinecastServer.start(options().build());
        Socket plain = connect(server.port())) {
      say(plain, "hello\n");

      assertThat(plain.getInputStream().read()).as("end of stream").isEqualTo(-1);
      Awaitility.await().until(() -> server.connections() == 0);
      server.stopSoon();
      assertThat(server.awaitStopped().toString()).contains(CloseReason.HANDSHAKE.text());
    }
  }

  @Test
  void shouldTellWhoSpeaksHttpWithoutTls() throws Exception {
    try (var server = LinecastServer.start(options().web(WebOptions.onPort(0)).build());
        Socket plain = connect(server.web().orElseThrow().getPort())) {
      say(plain, "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");

      String answer = new String(plain.getInputStream().readAllBytes(), US_ASCII);
      assertThat(answer).startsWith("HTTP/1.1 400 ").endsWith("ask by https://\n");
    }
  }

  @Test
  void shouldEndAConnectionThatTakesTooLong() throws Exception {
    LimitOptions hasty = LimitOptions.defaults().withHandshakeTime(Duration.ofSeconds(1));
    try (var server = LinecastServer.start(options().limits(hasty).build());
        Socket slow = connect(server.port())) {
      slow.getOutputStream().write(0x16);

      assertThat(slow.getInputStream().read()).as("end of stream").isEqualTo(-1);
    }
  }

  @Test
  void shouldNotMindWhoOnlyLooksWhetherSomebodyListens() throws Exception {
    try (var server = LinecastServer.start(options().build())) {
      connect(server.port()).close();

      Awaitility.await().until(() -> server.connections() == 0);
      assertThat(server.fingerprint()).isPresent();
    }
  }

  @Test
  void shouldSpeakNoTlsOnAPortThatIsLeftOut() throws Exception {
    int port = FreePort.next();
    var mixed = options().port(port).tls(SELF_SIGNED.withOff(Set.of(port))).historyLines(1);
    try (var server = LinecastServer.start(mixed.build());
        Socket ann = connect(port);
        Socket bob = connect(port)) {
      say(ann, "hello\n");

      assertThat(TlsClient.reader(bob).readLine()).isEqualTo("hello");
      assertThat(server.isSecure(server.listening().getFirst().address())).isFalse();
    }
  }

  /** Connections that say nothing are handshakes at work; they are none of a port without TLS. */
  @Test
  void shouldHaveOnlyPortsWithTlsWaitForHandshakes() throws Exception {
    ServerCertificate certificate = new SelfSigned().make(List.of("localhost"));
    int plainPort = FreePort.next();
    var mixed =
        options()
            .lines(List.of(new LinePort(plainPort, "plain")))
            .tls(
                TlsOptions.defaults()
                    .withFiles(
                        Pem.writeCertificate(folder.resolve("cert.pem"), certificate),
                        Pem.writeKey(folder.resolve("key.pem"), certificate))
                    .withOff(Set.of(plainPort)))
            .limits(handshakes(2));
    List<Socket> silent = new ArrayList<>();
    long start = System.nanoTime();
    try (var server = LinecastServer.start(mixed.build())) {
      for (int i = 0; i < 40; i++) {
        silent.add(connect(server.port()));
      }
      for (int i = 0; i < 20; i++) {
        requireHello(plainPort);
      }
      // Each counts for two seconds at most, so there are never more than two a second.
      Awaitility.await("few of 40, with handshakes of 2 at a time")
          .until(() -> server.connections() <= 2 * (2 + secondsSince(start)));
      for (Socket one : silent) {
        one.close();
      }
      TlsClient client = TlsClient.trusting(certificate.chain().getFirst());
      try (Socket late = client.connect(server.port(), "TLSv1.3")) {
        say(late, "LINECAST/1 aaaaaaaa\n");
        assertThat(TlsClient.reader(late).readLine()).as("behind the silent").contains(" ok ");
      }
    }
  }

  private static void requireHello(int plainPort) throws IOException {
    try (Socket ann = connect(plainPort)) {
      say(ann, "LINECAST/1 aaaaaaaa\n");
      assertThat(TlsClient.reader(ann).readLine()).contains(" ok ");
    }
  }

  private static long secondsSince(long startNanos) {
    return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - startNanos);
  }

  @Test
  void shouldRelayATlsHelloWhereNoneIsSpoken() throws Exception {
    var plain = options().tls(TlsOptions.defaults()).historyLines(1);
    try (var server = LinecastServer.start(plain.build());
        Socket lost = connect(server.port());
        Socket bob = connect(server.port())) {
      lost.getOutputStream().write(new byte[] {22, 3, 1, '\n'});

      assertThat(bob.getInputStream().readNBytes(4)).containsExactly(22, 3, 1, '\n');
    }
  }
}
