package io.linecast.server;

import static io.linecast.server.TlsClient.reader;
import static io.linecast.server.TlsClient.say;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.linecast.server.tls.ClientCertificates;
import io.linecast.server.tls.Pem;
import io.linecast.server.tls.SelfSigned;
import io.linecast.server.tls.ServerCertificate;
import io.linecast.server.tls.TlsProvider;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.SocketException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.CsvSource;

/** TLS over real sockets, with a client that is the JDK's. */
@ParameterizedClass(name = "{0}, {1}, {2}")
@CsvSource({
  "EPOLL, AUTO, TLSv1.3",
  "EPOLL, AUTO, TLSv1.2",
  "EPOLL, JDK, TLSv1.3",
  "NIO, AUTO, TLSv1.3",
  "NIO, AUTO, TLSv1.2",
  "NIO, JDK, TLSv1.2"
})
class TlsIT {

  @TempDir private Path folder;

  @Parameter(0)
  private Transport transport;

  @Parameter(1)
  private TlsProvider provider;

  @Parameter(2)
  private String protocol;

  private final ServerCertificate certificate = new SelfSigned().make(List.of("localhost"));
  private TlsOptions files;

  @BeforeEach
  void write() {
    files =
        TlsOptions.defaults()
            .withFiles(
                Pem.writeCertificate(folder.resolve("cert.pem"), certificate),
                Pem.writeKey(folder.resolve("key.pem"), certificate))
            .withProvider(provider);
  }

  private ServerOptionsBuilder options() {
    return ServerOptions.builder().port(0).transport(transport).tls(files);
  }

  private SSLSocket connect(LinecastServer server) {
    return connect(server.port(), certificate);
  }

  private SSLSocket connect(int port, ServerCertificate trusted) {
    return TlsClient.trusting(trusted.chain().getFirst()).connect(port, protocol);
  }

  /** Everybody hears each other from now on. */
  private static void gather(SSLSocket... clients) throws IOException {
    for (int i = 1; i < clients.length; i++) {
      clients[i].startHandshake();
    }
    say(clients[0], "hello\n");
    for (int i = 1; i < clients.length; i++) {
      assertThat(clients[i].getInputStream().readNBytes(6))
          .isEqualTo("hello\n".getBytes(ISO_8859_1));
    }
  }

  @Test
  void shouldSendLinesToAllButWhoSentThem() throws Exception {
    try (var server = LinecastServer.start(options().historyLines(1).build());
        SSLSocket ann = connect(server);
        SSLSocket bob = connect(server)) {
      gather(ann, bob);
      say(bob, "good day\n");
      say(ann, "how are you\n");

      assertThat(reader(ann).readLine()).isEqualTo("good day");
      assertThat(reader(bob).readLine()).isEqualTo("how are you");
      assertThat(bob.getSession().getProtocol()).isEqualTo(protocol);
    }
  }

  @Test
  void shouldReachManyWhoReadSlowlyByteForByte() throws Exception {
    byte[] lines = numbered(300_000).getBytes(ISO_8859_1);
    try (var server = LinecastServer.start(options().historyLines(1).build());
        SSLSocket talker = connect(server)) {
      SSLSocket[] all =
          Stream.concat(Stream.of(talker), Stream.generate(() -> connect(server)).limit(8))
              .toArray(SSLSocket[]::new);
      gather(all);
      List<CompletableFuture<byte[]>> heard = new ArrayList<>();
      talker.getOutputStream().write(lines, 0, lines.length / 2);
      for (int i = 1; i < all.length; i++) { // they begin to read when their sockets are full
        SSLSocket listener = all[i];
        heard.add(readLater(listener, lines.length));
      }
      talker.getOutputStream().write(lines, lines.length / 2, lines.length - lines.length / 2);

      for (CompletableFuture<byte[]> each : heard) {
        assertThat(each.join()).isEqualTo(lines);
      }
      for (SSLSocket socket : all) {
        socket.close();
      }
    }
  }

  /** In a thread of its own: the common pool may have no more than one. */
  private static CompletableFuture<byte[]> readLater(SSLSocket socket, int bytes) {
    return CompletableFuture.supplyAsync(() -> read(socket, bytes), Thread::startVirtualThread);
  }

  private static byte[] read(SSLSocket socket, int bytes) {
    try {
      return socket.getInputStream().readNBytes(bytes);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String numbered(int count) {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < count; i++) {
      lines.append("line ").append(i).append(" of many\n");
    }
    return lines.toString();
  }

  @Test
  void shouldSendAWholeBacklogToWhoHasEndedItsSending() throws Exception {
    assumeFalse(
        "TLSv1.2".equals(protocol),
        "the JDK's client of TLS 1.2 does not read on; TlsProgramsIT has one of Python's that does");
    byte[] lines = numbered(200_000).getBytes(ISO_8859_1);
    try (var server = LinecastServer.start(options().historyLines(200_000).build())) {
      try (SSLSocket talker = connect(server)) {
        talker.getOutputStream().write(lines);
        talker.shutdownOutput();
        assertThat(talker.getInputStream().read()).isEqualTo(-1);
      }
      try (SSLSocket late = connect(server)) {
        late.startHandshake();
        late.shutdownOutput();
        assertThat(late.getInputStream().readAllBytes()).isEqualTo(lines);
      }
    }
  }

  @Test
  void shouldLoseNothingWhenItStops() throws Exception {
    byte[] lines = numbered(100_000).getBytes(ISO_8859_1);
    try (var server = LinecastServer.start(options().historyLines(1).build());
        SSLSocket ann = connect(server);
        SSLSocket bob = connect(server)) {
      gather(ann, bob);
      ann.getOutputStream().write(lines);
      say(ann, "the last\n");
      // Whatever has been accepted by then is heard by bob.
      var heard = readLater(bob, Integer.MAX_VALUE);
      Awaitility.await().until(() -> server.connections() == 2);
      server.stopSoon();
      FinalFigures figures = server.awaitStopped();

      assertThat(figures.channels().getFirst().account().balances()).isTrue();
      long accepted = figures.channels().getFirst().acceptedLines() - 1;
      String text = new String(heard.join(), ISO_8859_1);
      assertThat(text.lines().count()).isEqualTo(accepted);
      assertThat(text).endsWith("\n");
    }
  }

  @Test
  void shouldSpeakTheAcknowledgedProtocol() throws Exception {
    try (var server = LinecastServer.start(options().build());
        SSLSocket ann = connect(server)) {
      BufferedReader anns = reader(ann);
      say(ann, "LINECAST/1 by-hand-1\nSEND 1 hello\nSEND 2 again\nQUIT\n");

      assertThat(anns.readLine()).startsWith("LINECAST/1 by-hand-1 ok");
      assertThat(anns.lines().toList()).last().asString().startsWith("BYE quit");
    }
  }

  @Test
  void shouldSpeakHttpAndStream() throws Exception {
    WebOptions web = WebOptions.onPort(0);
    try (var server = LinecastServer.start(options().web(web).build());
        SSLSocket listener = connect(server.web().orElseThrow().getPort(), certificate);
        SSLSocket poster = connect(server.web().orElseThrow().getPort(), certificate)) {
      BufferedReader heard = reader(listener);
      say(listener, "GET /lines HTTP/1.1\r\nHost: localhost\r\n\r\n");
      assertThat(heard.readLine()).isEqualTo("HTTP/1.1 200 OK");
      say(poster, "POST /lines HTTP/1.1\r\nHost: localhost\r\nContent-Length: 6\r\n\r\nhello\n");
      assertThat(reader(poster).readLine()).startsWith("HTTP/1.1 20");

      assertThat(heard.lines().filter(line -> line.startsWith("hello")).findFirst()).isPresent();
    }
  }

  @Test
  void shouldGiveTheNewCertificateToNewConnectionsAndKeepTheOthers() throws Exception {
    ServerCertificate next = new SelfSigned().make(List.of("localhost"));
    try (var server = LinecastServer.start(options().historyLines(1).build());
        SSLSocket ann = connect(server);
        SSLSocket bob = connect(server)) {
      gather(ann, bob);
      Pem.writeCertificate(files.certificate().orElseThrow(), next);
      Pem.writeKey(files.key().orElseThrow(), next);
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> server.fingerprint().orElseThrow().equals(next.fingerprint()));

      say(ann, "still here\n");
      assertThat(reader(bob).readLine()).isEqualTo("still here");
      try (SSLSocket carl = connect(server.port(), next)) {
        carl.startHandshake();
        assertThat(carl.getSession().getPeerCertificates()[0]).isEqualTo(next.chain().getFirst());
      }
    }
  }

  @Test
  void shouldLetInWhoHasACertificateThatSomebodyVouchesForAndNobodyElse() throws Exception {
    ServerCertificate known = new SelfSigned().make(List.of("ann"));
    ServerCertificate stranger = new SelfSigned().make(List.of("mallory"));
    Path ca = Pem.writeCertificate(folder.resolve("ca.pem"), known);
    ServerOptions options =
        options().tls(files.withClients(ca, ClientCertificates.REQUIRED)).historyLines(1).build();
    var trusted = certificate.chain().getFirst();
    try (var server = LinecastServer.start(options);
        SSLSocket ann = TlsClient.showing(trusted, known).connect(server.port(), protocol);
        SSLSocket bob = TlsClient.showing(trusted, known).connect(server.port(), protocol)) {
      gather(ann, bob);

      assertRefused(TlsClient.trusting(trusted).connect(server.port(), protocol));
      assertRefused(TlsClient.showing(trusted, stranger).connect(server.port(), protocol));
    }
  }

  private static void assertRefused(SSLSocket socket) throws IOException {
    try (socket) {
      assertThatThrownBy(
              () -> {
                socket.startHandshake();
                assertThat(socket.getInputStream().read()).isNotNegative();
              })
          .isInstanceOfAny(SSLException.class, SocketException.class);
    }
  }

  @Test
  void shouldResumeASession() throws Exception {
    try (var server = LinecastServer.start(options().historyLines(1).build())) {
      TlsClient client = TlsClient.trusting(certificate.chain().getFirst());
      try (SSLSocket first = client.connect(server.port(), protocol);
          SSLSocket other = client.connect(server.port(), protocol)) {
        gather(first, other); // a ticket comes with the first thing that is said
        other.startHandshake();
        long created = other.getSession().getCreationTime();
        Awaitility.await().until(() -> System.currentTimeMillis() > created + 1_500);
      }
      try (SSLSocket again = client.connect(server.port(), protocol)) {
        again.startHandshake();
        assertThat(System.currentTimeMillis() - again.getSession().getCreationTime())
            .as("the session's age")
            .isGreaterThan(1_000);
      }
    }
  }
}
