package io.linecast.client;

import static io.linecast.client.Connecting.within;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linecast.client.ClientException.Reason;
import io.linecast.client.ScriptedServer.Peer;
import io.linecast.protocol.Code;
import io.linecast.protocol.Hello;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReconnectIT {

  private final ScriptedServer server = ScriptedServer.start();

  /** How a connection may end without a word. */
  enum Fault {
    CUT,
    RESET,
    MID_LINE;

    void strike(Peer peer) {
      switch (this) {
        case CUT -> peer.cut();
        case RESET -> peer.reset();
        case MID_LINE -> peer.sayExactly("SENT 2 2").cut();
      }
    }
  }

  @AfterEach
  void close() {
    server.close();
  }

  private static void assertReason(LinecastClient client, Reason reason) {
    assertThatThrownBy(() -> within(client.ended()))
        .isInstanceOfSatisfying(
            ClientException.class, e -> assertThat(e.reason()).as(e.toString()).isEqualTo(reason));
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void shouldRepeatWhatIsUnansweredUnderItsPublishersName(Fault fault) {
    Connecting connecting = server.begin(server.client());
    Peer first = server.accept();
    Hello hello = first.welcome();
    LinecastClient client = connecting.client();
    CompletableFuture<Sent> one = client.send("one");
    CompletableFuture<Sent> two = client.send("two");
    CompletableFuture<Sent> three = client.send("three");
    first.expect("SEND 1 one", "SEND 2 two", "SEND 3 three").say("SENT 1 1 0");
    within(one);
    fault.strike(first);
    Peer second = server.accept();
    Hello again = second.welcome("next=4 oldest=1 epoch=e1 last=2");
    assertThat(again.publisher()).isPresent().isEqualTo(hello.publisher());
    assertThat(again.nonce()).isNotEqualTo(hello.nonce());
    second.expect("SEND 2 two", "SEND 3 three").say("SENT 2 2 0", "SENT 3 3 0");
    assertThat(within(two).seq()).isEqualTo(2);
    assertThat(within(three).seq()).isEqualTo(3);
  }

  @Test
  void shouldTakeLinesWhileThereIsNoConnection() {
    Connecting connecting = server.begin(server.client());
    Peer first = server.accept();
    first.welcome();
    LinecastClient client = connecting.client();
    first.cut();
    Peer second = server.accept();
    CompletableFuture<Sent> one = client.send("one");
    second.welcome();
    second.expect("SEND 1 one").say("SENT 1 1 0");
    assertThat(within(one).seq()).isEqualTo(1);
  }

  @Test
  void shouldFailWhatWasUnderWayWhenTheServerHasLostItsMemory() {
    Connecting connecting = server.begin(server.client().window(2, 1000));
    Peer first = server.accept();
    first.welcome();
    LinecastClient client = connecting.client();
    CompletableFuture<Sent> one = client.send("one");
    CompletableFuture<Sent> two = client.send("two");
    first.expect("SEND 1 one", "SEND 2 two").say("SENT 1 1 0");
    within(one);
    first.reset();
    Peer second = server.accept();
    CompletableFuture<Sent> three = client.send("three");
    second.welcome("next=1 oldest=1 epoch=e2");
    second.expect("SEND 3 three").say("SENT 3 1 0");
    assertThatThrownBy(() -> within(two))
        .isInstanceOfSatisfying(
            SendException.class,
            e -> {
              assertThat(e.mayBeRelayed()).isTrue();
              assertThat(e.epoch()).isEqualTo("e1");
            })
        .hasMessageContaining("may or may not have been relayed under epoch e1");
    assertThat(within(three)).isEqualTo(new Sent(3, 1, 0, "e2"));
  }

  @Test
  void shouldRepeatWhatWasUnderWayToAServerWithoutMemoryIfAskedTo() {
    Connecting connecting = server.begin(server.client().atLeastOnce());
    Peer first = server.accept();
    first.welcome();
    LinecastClient client = connecting.client();
    CompletableFuture<Sent> one = client.send("one");
    first.expect("SEND 1 one").reset();
    Peer second = server.accept();
    second.welcome("next=1 oldest=1 epoch=e2");
    second.expect("SEND 1 one").say("SENT 1 1 0");
    assertThat(within(one).epoch()).isEqualTo("e2");
  }

  @Test
  void shouldNotRepeatToAServerThatHasForgottenThePublisher() {
    Connecting connecting = server.begin(server.client());
    Peer first = server.accept();
    first.welcome();
    LinecastClient client = connecting.client();
    CompletableFuture<Sent> one = client.send("one");
    first.expect("SEND 1 one").say("SENT 1 1 0");
    within(one);
    CompletableFuture<Sent> two = client.send("two");
    first.expect("SEND 2 two").cut();
    server.accept().welcome("next=3 oldest=1 epoch=e1 last=0");
    assertThatThrownBy(() -> within(two))
        .isInstanceOfSatisfying(SendException.class, e -> assertThat(e.mayBeRelayed()).isTrue())
        .hasMessageContaining("remembers this publisher no more");
  }

  @ParameterizedTest
  @CsvSource({
    "auth, REFUSED",
    "channel, REFUSED",
    "version, REFUSED",
    "bad-hello, REFUSED",
    "bad-number, NO_SUCH_LINE",
    "duplicate, SUPERSEDED"
  })
  void shouldTakeARefusalForGood(String code, Reason reason) {
    Connecting connecting = server.begin(server.client().startPatience(Duration.ofDays(1)));
    server.accept().refuse(code + " for a reason");
    connecting
        .failure()
        .isInstanceOfSatisfying(
            ClientException.class,
            e -> {
              assertThat(e.reason()).isEqualTo(reason);
              assertThat(e.code().map(Code::word)).contains(code);
            })
        .hasMessageContaining("for a reason");
  }

  @ParameterizedTest
  @ValueSource(strings = {"overload too many", "shutting-down soon"})
  void shouldTryAgainAfterARefusalThatPasses(String refusal) {
    Connecting connecting = server.begin(server.client().startPatience(Duration.ofDays(1)));
    server.accept().refuse(refusal);
    server.accept().welcome();
    assertThat(connecting.client().session().epoch()).isEqualTo("e1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"shutting-down", "overload", "idle", "slow"})
  void shouldComeBackAfterAGoodbyeThatPasses(String code) {
    Connecting connecting = server.begin(server.client());
    Peer peer = server.accept();
    peer.welcome();
    peer.say("BYE " + code + " so it is");
    server.accept().welcome("next=1 oldest=1 epoch=e1 last=0");
    assertThat(connecting.client().ended()).isNotDone();
  }

  @ParameterizedTest
  @ValueSource(strings = {"bad-verb", "bad-number", "too-long"})
  void shouldEndWhenTheServerSaysThatTheProtocolWasBroken(String code) {
    Connecting connecting = server.begin(server.client());
    Peer peer = server.accept();
    peer.welcome();
    peer.say("BYE " + code + " so it is");
    assertReason(connecting.client(), Reason.PROTOCOL);
  }

  @ParameterizedTest
  @ValueSource(strings = {"HELLO", "SENT x 1 0", "SENT 1 1", "GAP 1 2 tired", "LINE 1 x", ""})
  void shouldEndWhenTheServerBreaksTheProtocol(String line) {
    Connecting connecting = server.begin(server.client());
    Peer peer = server.accept();
    peer.welcome();
    LinecastClient client = connecting.client();
    peer.say(line);
    assertReason(client, Reason.PROTOCOL);
  }
}
