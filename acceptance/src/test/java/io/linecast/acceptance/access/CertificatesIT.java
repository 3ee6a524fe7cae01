package io.linecast.acceptance.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.linecast.acceptance.BlackBox;
import io.linecast.acceptance.Fence;
import io.linecast.acceptance.Figures;
import io.linecast.acceptance.LineClient;
import io.linecast.acceptance.ServerLauncher;
import io.linecast.acceptance.ServerUnderTest;
import io.linecast.client.TestAuthority;
import java.io.IOException;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whom a certificate lets in, and files of certificates that change while a server runs. */
@BlackBox
class CertificatesIT {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String NAME = "the tests' CA";

  private final TestAuthority authority = TestAuthority.named(NAME);
  private final SSLContext known = authority.client(authority.issue("EC"));
  private final SSLContext stranger = authority.client();

  /** By the name of who has issued it, it is what a server asks for. */
  private final SSLContext impostor = authority.client(TestAuthority.named(NAME).issue("EC"));

  @TempDir private Path folder;
  private Path certificate;

  @BeforeEach
  void write() {
    certificate = writeServers();
    authority.write(folder, "ca");
  }

  private Path writeServers() {
    return authority.issue("EC", "localhost", "127.0.0.1").write(folder, "server");
  }

  private ServerUnderTest start(String... more) {
    return new ServerLauncher()
        .with("--web-port", "0", "--lines", "0=ships")
        .with("--tls-cert", certificate.toString())
        .with("--tls-key", folder.resolve("server.key").toString())
        .with("--tls-client-ca", folder.resolve("ca.pem").toString())
        .with(more)
        .start();
  }

  private static LineClient connect(ServerUnderTest server, SSLContext as) {
    return new LineClient(secure(server, as));
  }

  private static SSLSocket secure(ServerUnderTest server, SSLContext as) {
    try {
      SSLSocket socket =
          (SSLSocket) as.getSocketFactory().createSocket(server.host(), server.port());
      socket.setTcpNoDelay(true);
      socket.setSoTimeout((int) PATIENCE.toMillis());
      socket.startHandshake();
      return socket;
    } catch (IOException e) {
      throw new IllegalStateException("no TLS with the server", e);
    }
  }

  private static HttpResponse<String> get(ServerUnderTest server, SSLContext as, String path)
      throws IOException {
    return ask(server, as, path, HttpRequest.newBuilder());
  }

  private static int post(ServerUnderTest server, SSLContext as, String path) throws IOException {
    HttpRequest.BodyPublisher line = HttpRequest.BodyPublishers.ofString("by https\n");
    return ask(server, as, path, HttpRequest.newBuilder().POST(line)).statusCode();
  }

  private static HttpResponse<String> ask(
      ServerUnderTest server, SSLContext as, String path, HttpRequest.Builder request)
      throws IOException {
    URI uri = URI.create(server.web(path).toString().replaceFirst("http", "https"));
    try (HttpClient client = HttpClient.newBuilder().sslContext(as).build()) {
      return client.send(
          request.uri(uri).timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** No TLS at all: with TLS 1.3 a client learns of it when it wants to read. */
  private static void assertNotLetIn(ServerUnderTest server, SSLContext as) {
    assertThatThrownBy(
            () -> {
              try (SSLSocket socket =
                  (SSLSocket) as.getSocketFactory().createSocket(server.host(), server.port())) {
                socket.setSoTimeout((int) PATIENCE.toMillis());
                socket.startHandshake();
                assertThat(socket.getInputStream().read()).isNotNegative();
              }
            })
        .isInstanceOfAny(SSLException.class, SocketException.class);
    assertThatThrownBy(() -> get(server, as, "/health/live")).isInstanceOf(IOException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "required"})
  void shouldLetInWhoHasACertificateAndNobodyElseIfOneIsRequired(String said) throws IOException {
    String[] options = said.isEmpty() ? new String[0] : new String[] {"--tls-client", said};
    try (ServerUnderTest server = start(options);
        LineClient ann = connect(server, known);
        LineClient bob = connect(server, known)) {
      Fence.gather(ann, List.of(bob));
      assertNotLetIn(server, stranger);
      assertNotLetIn(server, impostor);
      assertThat(post(server, known, "/lines")).isEqualTo(200);
      assertThat(ann.hear()).isEqualTo("by https");
      assertThat(bob.hear()).isEqualTo("by https");
    }
  }

  @Test
  void shouldLetInWhoHasNoneIfItIsOptionalButForNothingUnlessThatIsSaid() throws IOException {
    try (ServerUnderTest server = start("--tls-client", "optional");
        LineClient ann = connect(server, known);
        LineClient bob = connect(server, known)) {
      Fence.gather(ann, List.of(bob));
      try (LineClient nobody = connect(server, stranger)) {
        nobody.send("may I?");
        assertThat(nobody.isClosedWithin(PATIENCE)).as("closed on its first line").isTrue();
      }
      assertThat(get(server, stranger, "/health/live").statusCode()).isEqualTo(200);
      assertThat(get(server, stranger, "/lines?from=oldest&limit=1").statusCode()).isEqualTo(403);
      assertThat(post(server, stranger, "/lines")).isEqualTo(403);
      assertNotLetIn(server, impostor);
      assertThat(post(server, known, "/lines")).isEqualTo(200);
      assertThat(bob.hear()).isEqualTo("by https");
    }
  }

  @Test
  void shouldGiveACertificateMoreThanItsNetworkAndPlainClientsHave() throws IOException {
    try (ServerUnderTest server =
            start("--tls-client", "optional", "--plain", "none", "--allow", "127.0.0.0/8=listen");
        LineClient ann = connect(server, known);
        LineClient nobody = connect(server, stranger)) {
      Fence.gather(ann, List.of(nobody));
      nobody.send("not heard");
      await("what is not permitted").atMost(PATIENCE).until(() -> refused(server) > 0);
      assertThat(post(server, stranger, "/lines")).isEqualTo(403);
      assertThat(post(server, known, "/lines")).isEqualTo(200);
      assertThat(post(server, known, "/channels/ships/lines")).isEqualTo(200);
      assertThat(get(server, stranger, "/lines?from=oldest&limit=1").body()).contains("fence");
      assertThat(ann.hear()).isEqualTo("by https");
      assertThat(nobody.hear()).isEqualTo("by https");
    }
  }

  private long refused(ServerUnderTest server) throws IOException {
    Figures figures = new Figures(get(server, stranger, "/metrics").body());
    return figures.value("linecast_refused_total{code=\"auth\"}");
  }

  @Test
  void shouldHaveOthersVouchForNewConnectionsOnceTheirFileHasChanged() throws IOException {
    TestAuthority next = TestAuthority.named("the next CA");
    SSLContext newcomer = authority.client(next.issue("EC"));
    try (ServerUnderTest server = start();
        LineClient ann = connect(server, known);
        LineClient bob = connect(server, known)) {
      Fence.gather(ann, List.of(bob));
      assertNotLetIn(server, newcomer);
      next.write(folder, "ca");
      await("the new file").atMost(PATIENCE).until(() -> isLetIn(server, newcomer));
      assertNotLetIn(server, known);
      try (LineClient carl = connect(server, newcomer)) {
        Fence.gather(ann, List.of(bob, carl));
        carl.send("who are you?");
        assertThat(ann.hear()).as("heard by who was there before").isEqualTo("who are you?");
      }
    }
  }

  private static boolean isLetIn(ServerUnderTest server, SSLContext as) {
    try {
      return get(server, as, "/health/live").statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void shouldGoOnWithTheOldCertificateWhileAFileIsHalfWrittenAndSaySo() throws IOException {
    try (ServerUnderTest server = start()) {
      Certificate before = shown(server);
      String whole = Files.readString(certificate);
      Files.writeString(certificate, whole.substring(0, whole.length() / 2));
      await("word of it")
          .atMost(PATIENCE)
          .until(() -> server.output().contains("the certificate stays what it was"));
      assertThat(server.output().lines())
          .filteredOn(line -> line.contains("the certificate stays what it was"))
          .allMatch(line -> line.contains("WARN") && line.contains(certificate.toString()))
          .noneMatch(line -> line.contains("PRIVATE KEY"));
      assertThat(shown(server)).isEqualTo(before);
      writeServers();
      await("the new certificate").atMost(PATIENCE).until(() -> !shown(server).equals(before));
    }
  }

  /** By somebody new: who was there before may go on without being shown one. */
  private Certificate shown(ServerUnderTest server) throws IOException {
    SSLContext somebody = authority.client(authority.issue("EC"));
    try (SSLSocket socket = secure(server, somebody)) {
      return socket.getSession().getPeerCertificates()[0];
    }
  }
}
