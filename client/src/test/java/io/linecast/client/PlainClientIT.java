package io.linecast.client;

import static io.linecast.client.Connecting.within;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linecast.client.ScriptedServer.Peer;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
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
    return PlainClient.connect("127.0.0.1", port, Duration.ofSeconds(30));
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
    CompletableFuture<String> closed = begin(client::close);
    assertThat(peer.line()).isEqualTo("one");
    assertThat(peer.line()).isEqualTo("(end)");
    peer.cut();
    assertThat(within(closed)).isEqualTo("done");
  }

  /** What may fail with an exception of the network's. */
  private interface Task {
    void run() throws IOException;
  }

  private static CompletableFuture<String> begin(Task task) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            task.run();
            return "done";
          } catch (IOException e) {
            return "failed";
          }
        },
        Connecting::start);
  }

  @Test
  void shouldLoseNothingByClosingAlthoughMuchLiesUnread() throws IOException {
    PlainClient client = connect();
    Peer peer = server.accept();
    peer.say("of others");
    String text = "x".repeat(1000);
    CompletableFuture<String> closed =
        begin(
            () -> {
              for (int i = 0; i < 3000; i++) {
                client.send(text);
              }
              client.close();
            });
    for (int i = 0; i < 3000; i++) {
      assertThat(peer.line()).isEqualTo(text);
    }
    assertThat(peer.line()).isEqualTo("(end)");
    peer.cut();
    assertThat(within(closed)).isEqualTo("done");
  }

  @Test
  void shouldNotWaitForAServerThatDoesNotEnd() throws IOException {
    PlainClient client = connect();
    Peer peer = server.accept();
    client.send("one");
    CompletableFuture<String> closed = begin(client::close);
    peer.expect("one", "(end)");
    assertThat(within(closed)).isEqualTo("done");
  }

  @Test
  void shouldGiveNothingToAReceiverThatIsClosed() throws IOException {
    PlainClient client = connect();
    Peer peer = server.accept();
    client.send("one");
    CompletableFuture<String> received = begin(client::receive);
    CompletableFuture<String> closed = begin(client::close);
    peer.expect("one", "(end)");
    peer.say("too late").cut();
    assertThat(within(closed)).isEqualTo("done");
    assertThat(within(received)).isEqualTo("failed");
  }

  @Test
  void shouldNotGatherAStreamWithoutLineFeedsForEver() throws IOException {
    try (PlainClient client = connect()) {
      Peer peer = server.accept();
      CompletableFuture<String> received = begin(client::receive);
      peer.sayExactly("x".repeat(64 << 20));
      assertThat(within(received)).isEqualTo("failed");
    }
  }

  @Test
  void shouldSayThatNobodyListens() {
    server.refuse();
    assertThatThrownBy(this::connect).isInstanceOf(IOException.class);
  }
}
