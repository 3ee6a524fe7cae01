package io.linecast.client;

import static io.linecast.client.Connecting.within;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linecast.client.ScriptedServer.Peer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CloseIT {

  private final ScriptedServer server = ScriptedServer.start();

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void shouldTakeTheLongestPatienceThereIs() {
    Duration ever = Duration.ofSeconds(Long.MAX_VALUE);
    Connecting connecting =
        server.begin(server.client().backOff(ever, ever).connectTimeout(ever).startPatience(ever));
    Peer peer = server.accept();
    peer.welcome();
    LinecastClient client = connecting.client();
    CompletableFuture<Sent> one = client.send("one");
    peer.expect("SEND 1 one").say("SENT 1 1 0");
    assertThat(client.awaitAll(ever)).isTrue();
    assertThat(one).isCompleted();
    CompletableFuture<Boolean> closed =
        CompletableFuture.supplyAsync(() -> client.close(ever), Connecting::start);
    peer.goodbye();
    assertThat(within(closed)).isTrue();
  }

  @Test
  void shouldWaitForAnswersThenSayQuitThenEnd() {
    Connecting connecting = server.begin(server.client());
    Peer peer = server.accept();
    peer.welcome();
    LinecastClient client = connecting.client();
    CompletableFuture<Sent> one = client.send("one");
    CompletableFuture<Boolean> closed = Connecting.close(client);
    peer.expect("SEND 1 one").say("SENT 1 1 0").goodbye();
    assertThat(within(closed)).isTrue();
    assertThat(within(one).seq()).isEqualTo(1);
    assertThat(client.ended()).isCompleted();
    assertThatThrownBy(() -> client.send("two"))
        .isInstanceOfSatisfying(
            ClientException.class,
            e -> assertThat(e.reason()).isEqualTo(ClientException.Reason.CLOSED));
    client.close();
  }

  @Test
  void shouldReconnectForWhatIsUnansweredEvenThen() {
    Connecting connecting = server.begin(server.client());
    Peer first = server.accept();
    first.welcome();
    LinecastClient client = connecting.client();
    CompletableFuture<Sent> one = client.send("one");
    CompletableFuture<Boolean> closed = Connecting.close(client);
    first.expect("SEND 1 one").reset();
    Peer second = server.accept();
    second.welcome("next=2 oldest=1 epoch=e1 last=1");
    second.expect("SEND 1 one").say("SENT 1 1 0").goodbye();
    assertThat(within(closed)).isTrue();
    assertThat(within(one).seq()).isEqualTo(1);
  }

  @Test
  void shouldNotReconnectForAGoodbye() {
    Connecting connecting = server.begin(server.client());
    Peer peer = server.accept();
    peer.welcome();
    CompletableFuture<Boolean> closed = Connecting.close(connecting.client());
    peer.expect("QUIT").reset();
    assertThat(within(closed)).isTrue();
  }

  @Test
  void shouldLeaveNoFutureHangingWhenTimeIsUp() {
    Connecting connecting = server.begin(server.client());
    Peer peer = server.accept();
    peer.welcome();
    LinecastClient client = connecting.client();
    CompletableFuture<Sent> one = client.send("one");
    peer.expect("SEND 1 one");
    assertThat(client.close(Duration.ofMillis(50))).isFalse();
    assertThatThrownBy(() -> within(one))
        .isInstanceOfSatisfying(SendException.class, e -> assertThat(e.mayBeRelayed()).isTrue());
  }

  @Test
  void shouldTellApartWhatWasNeverWritten() {
    CompletableFuture<String> lost = new CompletableFuture<>();
    ConnectionListener listener =
        new ConnectionListener() {
          @Override
          public void onRetry(String cause, Duration retryIn) {
            lost.complete(cause);
          }
        };
    Connecting connecting =
        server.begin(
            server.client().backOff(Duration.ofDays(1), Duration.ofDays(1)).onConnection(listener));
    Peer peer = server.accept();
    peer.welcome();
    LinecastClient client = connecting.client();
    CompletableFuture<Sent> one = client.send("one");
    peer.expect("SEND 1 one").cut();
    server.refuse();
    assertThat(within(lost)).contains(server.address());
    CompletableFuture<Sent> two = client.send("two");
    assertThat(client.close(Duration.ofMillis(50))).isFalse();
    assertThatThrownBy(() -> within(one))
        .isInstanceOfSatisfying(SendException.class, e -> assertThat(e.mayBeRelayed()).isTrue());
    assertThatThrownBy(() -> within(two))
        .isInstanceOfSatisfying(SendException.class, e -> assertThat(e.mayBeRelayed()).isFalse());
  }

  @Test
  void shouldThrowAwayWhatItHearsWhileClosing() {
    Connecting connecting = server.begin(server.client().listen().queue(1000));
    Peer peer = server.accept();
    peer.welcome();
    LinecastClient client = connecting.client();
    for (int i = 1; i <= 100; i++) {
      peer.say("LINE " + i + " " + "x".repeat(1000));
    }
    CompletableFuture<Boolean> closed = Connecting.close(client);
    peer.goodbye();
    assertThat(within(closed)).isTrue();
    assertThat(client.events().iterator().hasNext()).isFalse();
    assertThat(client.events().poll(Duration.ofDays(1))).isEmpty();
  }

  @Test
  void shouldReturnAtOnceOnAThreadOfItsOwn() {
    Connecting connecting = server.begin(server.client());
    Peer peer = server.accept();
    peer.welcome();
    LinecastClient client = connecting.client();
    client.send("one").thenRun(client::close);
    peer.expect("SEND 1 one").say("SENT 1 1 0").goodbye();
    CompletableFuture<String> ended = client.ended().thenApply(nothing -> "ended");
    assertThat(within(ended)).isEqualTo("ended");
  }

  @Test
  void shouldTellWhoWaitsForTheWindow() {
    Connecting connecting = server.begin(server.client().window(1, 1000));
    Peer peer = server.accept();
    peer.welcome();
    LinecastClient client = connecting.client();
    client.send("one");
    CompletableFuture<CompletableFuture<Sent>> two =
        CompletableFuture.supplyAsync(() -> client.send("two"));
    peer.expect("SEND 1 one").say("BYE duplicate it is somebody else's name now");
    assertThatThrownBy(() -> within(two))
        .isInstanceOfSatisfying(
            ClientException.class,
            e -> assertThat(e.reason()).isEqualTo(ClientException.Reason.SUPERSEDED));
  }
}
