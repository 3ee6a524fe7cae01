package io.linecast.client;

import static io.linecast.client.Connecting.within;
import static org.assertj.core.api.Assertions.assertThat;

import io.linecast.client.ScriptedServer.Peer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines by TLS. */
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

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void shouldSendAndHear(String version) {
    server.with(secure -> secure.setEnabledProtocols(new String[] {version}));
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
}
