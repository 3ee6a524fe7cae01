package io.linecast.client;

import static io.linecast.client.Connecting.within;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linecast.client.ClientException.Reason;
import io.linecast.client.ScriptedServer.Peer;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A thread that takes what is heard, waiting for an answer that does not come, while much does. */
class BehindIT {

  private static final int LINES = 1300;

  private final ScriptedServer server = ScriptedServer.start();

  @AfterEach
  void close() {
    server.close();
  }

  /** More than a client keeps, or as much of it as the client takes. */
  private static void sayTooMuch(Peer peer) {
    String text = "x".repeat(60_000);
    try {
      for (int i = 2; i <= LINES; i++) {
        peer.say("LINE " + i + " " + text);
      }
    } catch (UncheckedIOException e) {
      // It has ended.
    }
  }

  @Test
  void shouldEndRatherThanKeepEverythingOrStandStill() {
    Connecting connecting = server.begin(server.client().listen());
    Peer peer = server.accept();
    peer.welcome();
    LinecastClient client = connecting.client();
    peer.say("LINE 1 a");
    CompletableFuture<Sent> answer =
        CompletableFuture.supplyAsync(
            () -> {
              client.events().iterator().next();
              return client.send("b").join();
            },
            Connecting::start);
    peer.expect("SEND 1 b");
    sayTooMuch(peer);
    assertThatThrownBy(() -> within(answer)).hasRootCauseInstanceOf(ClientException.class);
    assertThatThrownBy(() -> within(client.ended()))
        .isInstanceOfSatisfying(
            ClientException.class, e -> assertThat(e.reason()).isEqualTo(Reason.BEHIND));
  }
}
