package io.linecast.client;

import static io.linecast.client.Connecting.within;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linecast.client.ScriptedServer.Peer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Plain lines by TLS. */
@Timeout(60)
class PlainTlsIT {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

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

  /** What may fail with an exception of the network's. */
  private interface Task<T> {
    T run() throws IOException;
  }

  private static <T> CompletableFuture<T> begin(Task<T> task) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return task.run();
          } catch (IOException e) {
            throw new CompletionException(e);
          }
        },
        Connecting::start);
  }

  private CompletableFuture<PlainClient> connecting(Tls with) {
    return begin(() -> PlainClient.connect("127.0.0.1", server.port(), with, PATIENCE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void shouldLoseNothingByClosing(String version) {
    speak(version);
    CompletableFuture<PlainClient> connecting = connecting(tls);
    Peer peer = server.accept();
    PlainClient client = within(connecting);
    peer.say("of others");
    String text = "x".repeat(1000);
    CompletableFuture<String> closed =
        begin(
            () -> {
              for (int i = 0; i < 3000; i++) {
                client.send(text);
              }
              client.close();
              return "done";
            });
    for (int i = 0; i < 3000; i++) {
      assertThat(peer.line()).isEqualTo(text);
    }
    assertThat(peer.line()).isEqualTo("(end)");
    peer.cut();
    assertThat(within(closed)).isEqualTo("done");
  }

  @Test
  void shouldHearOnOnceItHasEndedSending() throws IOException {
    speak("TLSv1.3"); // Java's own server ends too when a client of TLS 1.2 does
    CompletableFuture<PlainClient> connecting = connecting(tls);
    Peer peer = server.accept();
    try (PlainClient client = within(connecting)) {
      client.send("one");
      client.endSending();
      peer.expect("one", "(end)").say("two").sayExactly("thr").sayExactly("ee").cut();
      assertThat(received(client)).contains("two");
      assertThat(received(client)).contains("three");
      assertThat(received(client)).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void shouldHearWhatWasUnderWayWhenItHasEndedSending(String version) throws IOException {
    speak(version);
    CompletableFuture<PlainClient> connecting = connecting(tls);
    Peer peer = server.accept();
    try (PlainClient client = within(connecting)) {
      for (int i = 0; i < 100; i++) {
        peer.say("line " + i);
      }
      client.endSending();
      peer.expect("(end)").cut();
      for (int i = 0; i < 100; i++) {
        assertThat(received(client)).contains("line " + i);
      }
      assertThat(received(client)).isEmpty();
    }
  }

  private static Optional<String> received(PlainClient client) throws IOException {
    return client.receive().map(String::new);
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void shouldSetFreeWhoReadsAndWhoWrites(String version) throws IOException {
    speak(version);
    CompletableFuture<Wire> connecting =
        begin(
            () ->
                Wire.connect(
                    new Address.Server("127.0.0.1", server.port()), Optional.of(tls), PATIENCE));
    Peer peer = server.accept();
    Wire wire = within(connecting);
    CompletableFuture<Integer> read = begin(() -> wire.input().read());
    CompletableFuture<Integer> written =
        begin(
            () -> {
              while (true) {
                wire.output().write(new byte[100_000]);
              }
            });
    peer.awaitFull();
    wire.close();
    assertThatThrownBy(() -> within(read)).hasCauseInstanceOf(IOException.class);
    assertThatThrownBy(() -> within(written)).hasCauseInstanceOf(IOException.class);
  }

  @Test
  void shouldSayThatTheServerIsNotTrusted() {
    CompletableFuture<PlainClient> connecting = connecting(Tls.standard());
    server.acceptInVain();
    assertThatThrownBy(() -> within(connecting))
        .hasRootCauseInstanceOf(Exception.class)
        .cause()
        .isInstanceOfSatisfying(TlsException.class, e -> assertThat(e.isLasting()).isTrue())
        .hasMessageContaining("is not trusted");
  }

  @Test
  void shouldSayThatTheServerDemandsACertificate() {
    server.with(secure -> secure.setNeedClientAuth(true));
    CompletableFuture<PlainClient> connecting = connecting(tls);
    server.acceptInVain();
    PlainClient client = within(connecting); // who is done with the handshake before the server is
    assertThatThrownBy(client::receive).hasMessageContaining("asks for a client certificate");
  }
}
