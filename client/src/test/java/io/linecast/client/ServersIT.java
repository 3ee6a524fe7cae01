package io.linecast.client;

import static io.linecast.client.Connecting.assertEnds;
import static io.linecast.client.Connecting.within;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linecast.client.ClientException.Reason;
import io.linecast.client.ScriptedServer.Peer;
import io.linecast.protocol.Hello;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** To which server, how often, and for how long. */
class ServersIT {

  private final ScriptedServer server = ScriptedServer.start();

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void shouldGoToTheNextServer() {
    try (ScriptedServer other = ScriptedServer.start()) {
      Connecting connecting =
          server.begin(
              LinecastClient.to(server.address() + "," + other.address())
                  .backOff(Duration.ofMillis(1), Duration.ofMillis(5)));
      Peer peer = server.accept();
      peer.welcome();
      LinecastClient client = connecting.client();
      server.refuse();
      peer.cut();
      Peer next = other.accept();
      next.welcome("next=1 oldest=1 epoch=e2");
      CompletableFuture<Sent> future = client.send("x");
      next.expect("SEND 1 x").say("SENT 1 1 0");
      assertThat(within(future).epoch()).isEqualTo("e2");
      assertThat(client.session().server()).isEqualTo(other.address());
    }
  }

  @Test
  void shouldTryEachAddressThatANameHas() throws IOException {
    Address.Server name = new Address.Server("name", port());
    InetAddress dead = InetAddress.getByAddress(new byte[] {127, 0, 0, 2});
    InetAddress alive = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    try (Connection connection =
        new Connection(
            name,
            new Wire(name, Optional.empty(), host -> new InetAddress[] {dead, dead, alive}))) {
      CompletableFuture<String> epoch =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  Hello hello = Hello.withNonce("12345678");
                  return connection.open(hello, Duration.ofSeconds(9)).answer().epoch();
                } catch (LostException e) {
                  return e.toString();
                }
              },
              Connecting::start);
      server.accept().welcome();
      assertThat(within(epoch)).isEqualTo("e1");
    }
  }

  @Test
  void shouldNotConnectOnceItIsClosed() {
    Address.Server name = new Address.Server("name", port());
    Connection connection =
        new Connection(
            name, new Wire(name, Optional.empty(), host -> InetAddress.getAllByName("127.0.0.1")));
    connection.close();
    assertThatThrownBy(() -> connection.open(Hello.withNonce("12345678"), Duration.ofSeconds(9)))
        .isInstanceOf(LostException.class)
        .hasMessageContaining("cannot connect to name");
  }

  private int port() {
    return Address.parse(server.address()).servers().get(0).port();
  }

  @Test
  void shouldFailToConnectWhereNobodyListens() {
    server.refuse();
    server
        .begin(server.client())
        .failure()
        .isInstanceOfSatisfying(
            ClientException.class, e -> assertThat(e.reason()).isEqualTo(Reason.UNREACHABLE))
        .hasMessageContaining(server.address());
  }

  @Test
  void shouldSayWhenAServerDoesNotSpeakTheProtocol() {
    Connecting connecting = server.begin(server.client().connectTimeout(Duration.ofSeconds(3)));
    server.accept().say("just a line");
    connecting
        .failure()
        .isInstanceOfSatisfying(
            ClientException.class, e -> assertThat(e.reason()).isEqualTo(Reason.NOT_LINECAST));
  }

  @Test
  void shouldSayThatAServerThatTalksAndClosesDoesNotSpeakTheProtocol() {
    Connecting connecting = server.begin(server.client());
    Peer peer = server.accept();
    peer.hello();
    peer.say("HTTP/1.1 400 Bad Request", "").cut();
    connecting
        .failure()
        .isInstanceOfSatisfying(
            ClientException.class, e -> assertThat(e.reason()).isEqualTo(Reason.NOT_LINECAST));
  }

  @Test
  void shouldEndWithItsConnectionIfItIsNotToReconnect() {
    Connecting connecting = server.begin(server.client().maxAttempts(0));
    Peer peer = server.accept();
    peer.welcome();
    LinecastClient client = connecting.client();
    CompletableFuture<Sent> one = client.send("one");
    peer.expect("SEND 1 one").cut();
    assertEnds(client, Reason.LOST);
    assertThat(one).isCompletedExceptionally();
  }

  @Test
  void shouldGiveUpAfterSoManyRounds() {
    Connecting connecting = server.begin(server.client().maxAttempts(3));
    Peer peer = server.accept();
    peer.welcome();
    LinecastClient client = connecting.client();
    server.refuse();
    peer.cut();
    assertEnds(client, Reason.UNREACHABLE);
  }

  @Test
  void shouldGoOnWhateverItsListenerThrows() {
    ConnectionListener throwing =
        new ConnectionListener() {
          @Override
          public void onConnected(Session session) {
            throw new IllegalStateException("a listener's own trouble");
          }
        };
    Connecting connecting = server.begin(server.client().onConnection(throwing));
    Peer peer = server.accept();
    peer.welcome();
    CompletableFuture<Sent> one = connecting.client().send("one");
    peer.expect("SEND 1 one").say("SENT 1 1 0");
    assertThat(within(one).seq()).isEqualTo(1);
  }

  @Test
  void shouldAskASilentServerAndLeaveAFrozenOne() {
    // Long enough that a peer which is held up for a moment is not a frozen one.
    Connecting connecting = server.begin(server.client().silenceLimit(Duration.ofSeconds(3)));
    Peer peer = server.accept();
    peer.welcome();
    LinecastClient client = connecting.client();
    peer.expect("PING").say("PONG").expect("PING");
    Peer second = server.accept();
    second.welcome("next=1 oldest=1 epoch=e1 last=0");
    CompletableFuture<Sent> future = client.send("x");
    String line = second.line();
    assertThat(line.equals("PING") ? second.line() : line).isEqualTo("SEND 1 x");
    second.say("SENT 1 1 0");
    assertThat(within(future).seq()).isEqualTo(1);
  }

  @Test
  void shouldAnswerPings() {
    Connecting connecting = server.begin(server.client());
    Peer peer = server.accept();
    peer.welcome();
    connecting.client();
    peer.say("PING 17 and text");
    assertThat(peer.line()).isEqualTo("PONG 17 and text");
  }
}
