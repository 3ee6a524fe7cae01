package io.linecast.client;

import static io.linecast.client.Connecting.within;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linecast.client.ClientException.Reason;
import io.linecast.client.ScriptedServer.Peer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whose name it is when two connections have one. */
class NameIT {

  private final ScriptedServer server = ScriptedServer.start();

  @AfterEach
  void close() {
    server.close();
  }

  private static void assertReason(LinecastClient client, Reason reason) {
    assertThatThrownBy(() -> within(client.ended()))
        .isInstanceOfSatisfying(
            ClientException.class, e -> assertThat(e.reason()).as(e.toString()).isEqualTo(reason));
  }

  @Test
  void shouldEndWhenSomebodyElseHasUsedItsName() {
    Connecting connecting = server.begin(server.client().publisher("twin"));
    Peer first = server.accept();
    first.welcome();
    LinecastClient client = connecting.client();
    CompletableFuture<Sent> one = client.send("one");
    first.expect("SEND 1 one").cut();
    server.accept().welcome("next=3 oldest=1 epoch=e1 last=5");
    assertReason(client, Reason.SUPERSEDED);
    assertThat(one).isCompletedExceptionally();
  }

  @Test
  void shouldNotFightForItsName() {
    Connecting connecting = server.begin(server.client());
    Peer peer = server.accept();
    peer.welcome();
    LinecastClient client = connecting.client();
    CompletableFuture<Sent> one = client.send("one");
    peer.expect("SEND 1 one").say("BYE duplicate another connection has this name now");
    assertReason(client, Reason.SUPERSEDED);
    assertThatThrownBy(() -> within(one))
        .isInstanceOfSatisfying(SendException.class, e -> assertThat(e.mayBeRelayed()).isTrue());
  }

  @Test
  void shouldNotTakeAHelloThatWasAnsweredForALateOne() {
    Connecting connecting = server.begin(server.client().publisher("twin"));
    Peer first = server.accept();
    first.welcome();
    LinecastClient client = connecting.client();
    first.cut();
    Peer second = server.accept();
    second.welcome();
    second.say("BYE duplicate this is somebody else");
    assertReason(client, Reason.SUPERSEDED);
  }

  @Test
  void shouldNotTakeAServerThatWasAwayForAHelloThatComesLate() {
    try (ScriptedServer away = ScriptedServer.start()) {
      away.refuse();
      Connecting connecting =
          server.begin(
              LinecastClient.to(away.address() + "," + server.address()).publisher("twin"));
      Peer peer = server.accept();
      peer.welcome();
      LinecastClient client = connecting.client();
      peer.say("BYE duplicate this is somebody else");
      assertReason(client, Reason.SUPERSEDED);
    }
  }

  @Test
  void shouldTakeItsNameBackFromItsOwnLateHelloOnce() {
    Connecting connecting =
        server.begin(server.client().publisher("alone").startPatience(Duration.ofDays(1)));
    Peer first = server.accept();
    first.hello();
    first.cut();
    Peer second = server.accept();
    second.welcome();
    LinecastClient client = connecting.client();
    client.send("one");
    second.expect("SEND 1 one").say("BYE duplicate a hello of the first connection came late");
    Peer third = server.accept();
    third.welcome();
    third.expect("SEND 1 one").say("BYE duplicate this is somebody else");
    assertReason(client, Reason.SUPERSEDED);
  }

  @Test
  void shouldGoOnForNoLateHelloIfItIsNotToReconnect() {
    Connecting connecting =
        server.begin(server.client().startPatience(Duration.ofDays(1)).maxAttempts(0));
    Peer first = server.accept();
    first.hello();
    first.cut();
    Peer second = server.accept();
    second.welcome();
    second.say("BYE duplicate a hello of the first connection came late");
    assertReason(connecting.client(), Reason.SUPERSEDED);
  }

  @Test
  void shouldNotMindWhoHasItsNameOnceItIsDone() {
    Connecting connecting = server.begin(server.client());
    Peer peer = server.accept();
    peer.welcome();
    LinecastClient client = connecting.client();
    CompletableFuture<Boolean> closed = Connecting.close(client);
    peer.expect("QUIT").say("BYE duplicate this is somebody else");
    assertThat(within(closed)).isTrue();
    assertThat(client.ended()).succeedsWithin(Duration.ofSeconds(10));
  }
}
