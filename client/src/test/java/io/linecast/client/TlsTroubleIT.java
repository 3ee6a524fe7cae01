package io.linecast.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linecast.client.ClientException.Reason;
import io.linecast.client.ScriptedServer.Peer;
import io.linecast.client.TestAuthority.Pair;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLSocket;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client says when there is no TLS with a server, and whether it tries again. */
@Timeout(60)
class TlsTroubleIT {

  private final TestAuthority authority = TestAuthority.named("the tests' CA");
  @TempDir private Path folder;
  private Tls tls;

  @BeforeEach
  void trust() throws IOException {
    tls = Tls.trusting(authority.write(folder, "ca"));
  }

  private ScriptedServer start() {
    return ScriptedServer.start(authority.server());
  }

  private static AbstractThrowableAssert<?, ?> failure(Connecting connecting, Reason reason) {
    return connecting
        .failure()
        .isInstanceOfSatisfying(
            ClientException.class, e -> assertThat(e.reason()).as(e.toString()).isEqualTo(reason));
  }

  @Test
  void shouldSayThatAServerSpeaksNoTls() {
    try (ScriptedServer server = start()) {
      Connecting connecting =
          server.begin(server.client().tls(tls).startPatience(Duration.ofDays(1)));
      server.acceptInTheClear().say("HTTP/1.1 400 Bad Request", "");
      failure(connecting, Reason.TLS)
          .hasMessageContaining("no TLS connection to " + server.address())
          .hasMessageContaining("does not speak TLS (linecast:// is without)");
    }
  }

  @Test
  void shouldSayThatAServerSpeaksTlsWhereItIsNotWanted() {
    try (ScriptedServer server = start()) {
      Connecting connecting = server.begin(LinecastClient.to(server.address()));
      server.acceptInVain();
      failure(connecting, Reason.NOT_LINECAST)
          .hasMessageContaining("seems to speak TLS (linecasts://)");
    }
  }

  @Test
  void shouldSayThatTheHandshakeHasTakenTooLong() {
    try (ScriptedServer server = start()) {
      Connecting connecting =
          server.begin(server.client().tls(tls).connectTimeout(Duration.ofSeconds(3)));
      server.acceptInTheClear();
      failure(connecting, Reason.UNREACHABLE)
          .hasMessageContaining("the TLS handshake has taken too long; does it speak TLS?");
    }
  }

  @Test
  void shouldNotWaitLongerForAHandshakeThatComesByteByByte() {
    try (ScriptedServer server = start()) {
      Connecting connecting =
          server.begin(server.client().tls(tls).connectTimeout(Duration.ofSeconds(3)));
      Peer peer = server.acceptInTheClear();
      CompletableFuture<Void> dripping =
          CompletableFuture.runAsync(
              () -> {
                peer.sayExactly("\u0016\u0003\u0003?\u007f");
                while (true) {
                  peer.sayExactly("\u0002").expectNothingOrEnd(Duration.ofMillis(20));
                }
              },
              Connecting::start);
      failure(connecting, Reason.UNREACHABLE)
          .hasMessageContaining("the TLS handshake has taken too long");
      assertThatThrownBy(dripping::join).hasMessageContaining("java.io.UncheckedIOException");
    }
  }

  @Test
  void shouldSayThatAServerHasEndedTheHandshake() {
    try (ScriptedServer server = start()) {
      Connecting connecting = server.begin(server.client().tls(tls));
      Peer peer = server.acceptInTheClear();
      peer.awaitFull().endSending();
      failure(connecting, Reason.UNREACHABLE)
          .hasMessageContaining("it has closed the connection in the TLS handshake; does it speak");
    }
  }

  @Test
  void shouldSayWhatToDoAboutACertificateThatIsNotTrusted() {
    try (ScriptedServer server = start()) {
      Connecting connecting = server.begin(server.client().startPatience(Duration.ofDays(1)));
      server.acceptInVain();
      failure(connecting, Reason.TLS)
          .hasMessageContaining("issued by CN=the tests' CA, is not trusted")
          .hasMessageContaining("--tls-ca FILE");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "linecasts://127.0.0.1:, not for 127.0.0.1",
    "linecasts://localhost:, not for localhost"
  })
  void shouldSayWhichNamesACertificateHas(String address, String what) {
    Pair other = authority.issue("EC", "a.example", "10.0.0.1");
    try (ScriptedServer server = ScriptedServer.start(authority.server(other))) {
      Connecting connecting = server.begin(LinecastClient.to(address + server.port()).tls(tls));
      server.acceptInVain();
      failure(connecting, Reason.TLS)
          .hasMessageContaining("its certificate is for a.example, 10.0.0.1, and " + what);
    }
  }

  @Test
  void shouldNotTakeANameForAnAddress() {
    Pair named = authority.issue("EC", "localhost");
    try (ScriptedServer server = ScriptedServer.start(authority.server(named))) {
      Connecting connecting = server.begin(server.client().tls(tls));
      server.acceptInVain();
      failure(connecting, Reason.TLS)
          .hasMessageContaining("is for localhost, and not for 127.0.0.1");
    }
  }

  @Test
  void shouldSayThatACertificateHasExpired() {
    Instant until = Instant.parse("2020-01-01T00:00:00Z");
    try (ScriptedServer server =
        ScriptedServer.start(authority.server(authority.issue("EC", until, "127.0.0.1")))) {
      Connecting connecting = server.begin(server.client().tls(tls));
      server.acceptInVain();
      failure(connecting, Reason.TLS)
          .hasMessageContaining("has expired (its own is good until 2020-01-01T00:00:00Z)");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void shouldSayThatAServerDemandsACertificate(String version) {
    try (ScriptedServer server = start().with(secure -> demand(secure, version))) {
      Connecting connecting =
          server.begin(server.client().tls(tls).startPatience(Duration.ofDays(1)));
      server.acceptInVain();
      failure(connecting, Reason.TLS)
          .hasMessageContaining("asks for a client certificate, and was shown none (--tls-cert");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void shouldSayThatAServerDoesNotTakeTheCertificate(String version) throws IOException {
    Path chain = TestAuthority.named("another CA").issue("EC").write(folder, "me");
    Tls mine = tls.presenting(chain, folder.resolve("me.key"));
    try (ScriptedServer server = start().with(secure -> demand(secure, version))) {
      Connecting connecting = server.begin(server.client().tls(mine));
      server.acceptInVain();
      failure(connecting, Reason.TLS)
          .hasMessageContaining("does not accept the client certificate that it was shown: ");
    }
  }

  @ParameterizedTest
  @CsvSource({"EC, TLSv1.2", "EC, TLSv1.3", "RSA, TLSv1.2", "RSA, TLSv1.3", "Ed25519, TLSv1.3"})
  void shouldShowItsCertificate(String algorithm, String version) throws IOException {
    Path chain = authority.issue(algorithm).write(folder, "me");
    Tls mine = tls.presenting(chain, folder.resolve("me.key"));
    try (ScriptedServer server = start().with(secure -> demand(secure, version))) {
      Connecting connecting = server.begin(server.client().tls(mine));
      Peer peer = server.accept();
      peer.welcome();
      assertThat(peer.certificate()).contains("CN=subject");
      assertThat(connecting.client().session().epoch()).isEqualTo("e1");
    }
  }

  private static void demand(SSLSocket secure, String version) {
    secure.setNeedClientAuth(true);
    secure.setEnabledProtocols(new String[] {version});
  }

  @Test
  void shouldPassOverAServerThatIsNotTrusted() {
    try (ScriptedServer stranger =
            ScriptedServer.start(TestAuthority.named("no CA of ours").server());
        ScriptedServer server = start()) {
      Connecting connecting = server.begin(both(stranger, server));
      stranger.acceptInVain();
      server.accept().welcome();
      assertThat(connecting.client().session().server()).isEqualTo(server.address());
    }
  }

  @Test
  void shouldEndWhereNoServerIsTrusted() {
    try (ScriptedServer stranger =
            ScriptedServer.start(TestAuthority.named("no CA of ours").server());
        ScriptedServer server = ScriptedServer.start(TestAuthority.named("neither").server())) {
      Connecting connecting =
          server.begin(both(stranger, server).startPatience(Duration.ofDays(1)));
      stranger.acceptInVain();
      server.acceptInVain();
      failure(connecting, Reason.TLS).hasMessageContaining("issued by CN=neither, is not trusted");
    }
  }

  @Test
  void shouldTellOfBothWhereOneIsNotTrustedAndOneNotThere() {
    try (ScriptedServer stranger =
            ScriptedServer.start(TestAuthority.named("no CA of ours").server());
        ScriptedServer server = start()) {
      server.refuse();
      Connecting connecting = server.begin(both(stranger, server));
      stranger.acceptInVain();
      failure(connecting, Reason.UNREACHABLE)
          .hasMessageContaining("cannot connect to " + server.address())
          .hasMessageContaining("issued by CN=no CA of ours, is not trusted");
    }
  }

  private ClientBuilder both(ScriptedServer first, ScriptedServer second) {
    return LinecastClient.to("linecasts://" + first.address() + "," + second.address())
        .tls(tls)
        .backOff(Duration.ofMillis(1), Duration.ofMillis(5));
  }
}
