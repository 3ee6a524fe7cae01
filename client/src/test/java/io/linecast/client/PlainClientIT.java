package io.linecast.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linecast.client.ScriptedServer.Peer;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PlainClientIT {

  private final ScriptedServer server = ScriptedServer.start();

  @AfterEach
  void close() {
    server.close();
  }

  private PlainClient connect() throws IOException {
    int port = Address.parse(server.address()).servers().get(0).port();
    return PlainClient.connect("127.0.0.1", port, Duration.ofSeconds(5));
  }

  @Test
  void shouldSendAndReceiveLines() throws IOException {
    try (PlainClient client = connect()) {
      Peer peer = server.accept();
      client.send("one");
      client.send("");
      client.flush();
      peer.expect("one", "").say("two", "").sayExactly("thr").sayExactly("ee");
      client.endSending();
      assertThat(peer.line()).isEqualTo("(end)");
      peer.cut();
      assertThat(client.receive())
          .hasValueSatisfying(l -> assertThat(l).asString().isEqualTo("two"));
      assertThat(client.receive()).hasValueSatisfying(l -> assertThat(l).isEmpty());
      assertThat(client.receive())
          .hasValueSatisfying(l -> assertThat(l).asString().isEqualTo("three"));
      assertThat(client.receive()).isEmpty();
    }
  }

  @Test
  void shouldFlushWhenClosed() throws IOException {
    PlainClient client = connect();
    Peer peer = server.accept();
    client.send("one");
    assertThatThrownBy(() -> client.send("two\nlines"))
        .isInstanceOf(IllegalArgumentException.class);
    client.close();
    peer.expect("one", "(end)");
    assertThat(client).isNotNull();
  }

  @Test
  void shouldSayThatNobodyListens() {
    server.refuse();
    assertThatThrownBy(this::connect).isInstanceOf(IOException.class);
  }
}
