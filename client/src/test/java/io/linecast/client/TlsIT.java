package io.linecast.client;

import static io.linecast.client.Connecting.assertEnds;
import static io.linecast.client.Connecting.within;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.linecast.client.ScriptedServer.Peer;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines by TLS. */
@Timeout(60)
class TlsIT {

  private final TestAuthority authority = TestAuthority.named("the tests' CA");
  private final ScriptedServer server = ScriptedServer.start(authority.server());
  @TempDir private Path folder;
  private Tls tls;

  @BeforeEach
  void trust() throws IOException {
    tls = Tls.trusting(authority.write(folder, "ca"));
  }

  @AfterEach
  void close() {
    server.close();
  }

  private void speak(String version) {
    server.with(secure -> secure.setEnabledProtocols(new String[] {version}));
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void shouldSendAndHear(String version) {
    speak(version);
    Connecting connecting = server.begin(server.client().tls(tls).listen());
    Peer peer = server.accept();
    assertThat(peer.session().getProtocol()).isEqualTo(version);
    peer.welcome();
    LinecastClient client = connecting.client();
    CompletableFuture<Sent> sent = client.send("x".repeat(50_000));
    peer.expect("SEND 1 " + "x".repeat(50_000)).say("LINE 1 heard", "SENT 1 2 1");
    assertThat(within(sent).seq()).isEqualTo(2);
    assertThat(client.events().poll(Duration.ofSeconds(9)))
        .hasValueSatisfying(event -> assertThat(((Line) event).text()).isEqualTo("heard"));
    CompletableFuture<Boolean> closed = Connecting.close(client);
    peer.awaitLine("QUIT").say("BYE quit").cut();
    assertThat(within(closed)).isTrue();
  }

  @Test
  void shouldNameTheServerThatItMeans() {
    Connecting connecting =
        server.begin(LinecastClient.to("linecasts://localhost:" + server.port()).tls(tls));
    Peer peer = server.accept();
    assertThat(((ExtendedSSLSession) peer.session()).getRequestedServerNames())
        .containsExactly(new SNIHostName("localhost"));
    peer.welcome();
    assertThat(connecting.client().session().server()).isEqualTo("localhost:" + server.port());
  }

  @Test
  void shouldKnowAServerByAnIpv6Address() throws IOException {
    assumeThat(InetAddress.getAllByName("::1")[0].isReachable(1_000)).as("there is IPv6").isTrue();
    try (ScriptedServer six = ScriptedServer.start(authority.server(), "::1")) {
      Connecting connecting =
          six.begin(LinecastClient.to("linecasts://[::1]:" + six.port()).tls(tls));
      six.accept().welcome();
      assertThat(connecting.client().session().server()).isEqualTo("[::1]:" + six.port());
    }
  }

  @Test
  void shouldConnectAgainAndRepeatWhatIsUnanswered() {
    Connecting connecting = server.begin(server.client().tls(tls));
    Peer peer = server.accept();
    peer.welcome();
    CompletableFuture<Sent> sent = connecting.client().send("one");
    peer.expect("SEND 1 one").reset();
    Peer second = server.accept();
    second.welcome();
    second.expect("SEND 1 one").say("SENT 1 1 0");
    assertThat(within(sent).seq()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void shouldHearEverythingThatAServerHasSaidBeforeItEnds(String version) {
    speak(version);
    Connecting connecting = server.begin(server.client().tls(tls).listen().maxAttempts(0));
    Peer peer = server.accept();
    peer.welcome();
    LinecastClient client = connecting.client();
    for (int i = 1; i <= 2_000; i++) {
      peer.sayExactly("LINE " + i + " " + "x".repeat(100) + "\n");
    }
    peer.endSending();
    assertEnds(client, ClientException.Reason.LOST);
    Events events = client.events();
    for (int i = 1; i <= 2_000; i++) {
      int seq = i;
      assertThat(events.poll(Duration.ofSeconds(9)))
          .hasValueSatisfying(event -> assertThat(event.after().seq()).isEqualTo(seq));
    }
  }

  @Test
  void shouldStayWithARecordThatComesInPieces() throws IOException {
    try (PausingRelay relay = PausingRelay.to(server.port())) {
      Connecting connecting =
          server.begin(
              LinecastClient.to("linecasts://" + relay.address())
                  .tls(tls)
                  .silenceLimit(Duration.ofSeconds(6)) // half of it is for the PONG
                  .maxAttempts(0)
                  .listen());
      Peer peer = server.accept();
      peer.welcome();
      LinecastClient client = connecting.client();
      relay.pauseAfter(500);
      peer.say("LINE 1 " + "x".repeat(1_000));
      peer.expect("PING"); // so a read has ended without all of the record
      relay.goOn();
      peer.say("PONG");
      assertThat(client.events().poll(Duration.ofSeconds(9)))
          .hasValueSatisfying(event -> assertThat(event.after().seq()).isEqualTo(1));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void shouldEndAtOnceWhileItReadsAndWritesInVain(String version) {
    speak(version);
    Connecting connecting =
        server.begin(server.client().tls(tls).listen().window(10_000, 32 << 20));
    Peer peer = server.accept();
    peer.welcome();
    LinecastClient client = connecting.client();
    CompletableFuture<Sent> last = new CompletableFuture<>();
    for (int i = 0; i < 300; i++) {
      last = client.send("x".repeat(60_000));
    }
    peer.awaitFull();
    client.abort();
    assertThat(within(client.ended())).isNull();
    assertThat(last).isCompletedExceptionally();
  }

  @Test
  void shouldLeaveAServerThatFreezesWhileItWritesToIt() {
    Connecting connecting =
        server.begin(
            server.client().tls(tls).silenceLimit(Duration.ofSeconds(3)).window(10_000, 32 << 20));
    Peer peer = server.accept();
    peer.welcome();
    LinecastClient client = connecting.client();
    CompletableFuture<Sent> first = client.send("first");
    for (int i = 0; i < 300; i++) {
      assertThat(client.send("x".repeat(60_000))).isNotDone();
    }
    Peer second = server.accept();
    second.welcome();
    second.awaitLine("SEND 1 first").say("SENT 1 1 0");
    assertThat(within(first).seq()).isEqualTo(1);
  }
}
