package io.linecast.client;

import static io.linecast.client.Connecting.within;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.linecast.client.ScriptedServer.Peer;
import io.linecast.protocol.AckLevel;
import io.linecast.protocol.Code;
import io.linecast.protocol.Hello;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SendIT {

  private final ScriptedServer server = ScriptedServer.start();

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void shouldCompleteAFutureWithWhatTheServerSays() {
    Connecting connecting = server.begin(server.client());
    Peer peer = server.accept();
    peer.welcome();
    CompletableFuture<Sent> future = connecting.client().send("hällo");
    peer.expect("SEND 1 hällo").say("SENT 1 42 7");
    assertThat(within(future)).isEqualTo(new Sent(1, 42, 7, "e1"));
  }

  @Test
  void shouldSayInItsHelloWhatTheBuilderWasTold() {
    server.begin(
        LinecastClient.to("linecast://" + server.address() + "/news?token=s3cret")
            .ack(AckLevel.WRITTEN)
            .publisher("buoy-7"));
    Hello hello = server.accept().welcome();
    assertThat(hello.channel()).contains("news");
    assertThat(hello.token()).contains("s3cret");
    assertThat(hello.ack()).isEqualTo(AckLevel.WRITTEN);
    assertThat(hello.publisher()).contains("buoy-7");
    assertThat(hello.listen()).isFalse();
  }

  @Test
  void shouldGoOnBehindTheNumbersOfAnEarlierRun() {
    Connecting connecting = server.begin(server.client().publisher("buoy-7"));
    Peer peer = server.accept();
    peer.welcome("next=9 oldest=1 epoch=e1 last=16");
    LinecastClient client = connecting.client();
    assertThat(client.session().last()).hasValue(16);
    client.send("x");
    assertThat(peer.line()).isEqualTo("SEND 17 x");
  }

  @Test
  void shouldPassOverTheStreamBeforeTheAnswer() {
    Connecting connecting = server.begin(server.client());
    Peer peer = server.accept();
    peer.say("somebody's line", "LINECAST/1 forged-nonce ok", "").sayExactly("an");
    peer.say("other");
    peer.welcome();
    assertThat(connecting.client().session().epoch()).isEqualTo("e1");
  }

  @Test
  void shouldFailAFutureWithCodeAndText() {
    Connecting connecting = server.begin(server.client());
    Peer peer = server.accept();
    peer.welcome();
    LinecastClient client = connecting.client();
    CompletableFuture<Sent> refused = client.send("x");
    CompletableFuture<Sent> duplicate = client.send("y");
    CompletableFuture<Sent> next = client.send("z");
    peer.expect("SEND 1 x", "SEND 2 y", "SEND 3 z");
    peer.say("FAIL 1 too-long 65536 bytes at most", "FAIL 2 duplicate long ago", "SENT 3 1 0");
    assertThatThrownBy(() -> within(refused))
        .isInstanceOfSatisfying(
            SendException.class,
            e -> {
              assertThat(e.code()).contains(Code.TOO_LONG);
              assertThat(e.mayBeRelayed()).isFalse();
              assertThat(e.number()).isEqualTo(1);
            })
        .hasMessage("too-long: 65536 bytes at most");
    assertThatThrownBy(() -> within(duplicate))
        .isInstanceOfSatisfying(SendException.class, e -> assertThat(e.mayBeRelayed()).isTrue());
    assertThat(within(next).seq()).isEqualTo(1);
  }

  @Test
  void shouldKeepTheLineAsItWasWhenSent() {
    Connecting connecting = server.begin(server.client());
    Peer peer = server.accept();
    peer.welcome();
    LinecastClient client = connecting.client();
    byte[] line = {'a', '\r', 'b'};
    client.send("first");
    client.send(line);
    line[0] = 'X';
    peer.expect("SEND 1 first", "SEND 2 a\rb");
    assertThatThrownBy(() -> client.send("two\nlines"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shouldWaitWhileTheWindowIsFull() {
    Connecting connecting = server.begin(server.client().window(2, 1000));
    Peer peer = server.accept();
    peer.welcome();
    LinecastClient client = connecting.client();
    client.send("a");
    client.send("b");
    CompletableFuture<CompletableFuture<Sent>> third =
        CompletableFuture.supplyAsync(() -> client.send("c"));
    peer.expect("SEND 1 a", "SEND 2 b");
    await().during(Duration.ofMillis(50)).until(() -> !third.isDone() && client.outstanding() == 2);
    peer.say("SENT 1 1 0").expect("SEND 3 c").say("SENT 2 2 0", "SENT 3 3 0");
    assertThat(within(within(third)).seq()).isEqualTo(3);
  }

  @Test
  void shouldWaitWhileTooManyBytesAreUnderWayButTakeOneLongLine() {
    Connecting connecting = server.begin(server.client().window(100, 10));
    Peer peer = server.accept();
    peer.welcome();
    LinecastClient client = connecting.client();
    client.send("longer than all there may be");
    CompletableFuture<CompletableFuture<Sent>> second =
        CompletableFuture.supplyAsync(() -> client.send("c"));
    peer.expect("SEND 1 longer than all there may be");
    await().during(Duration.ofMillis(50)).until(() -> !second.isDone());
    peer.say("SENT 1 1 0").expect("SEND 2 c").say("SENT 2 2 0");
    assertThat(within(within(second)).number()).isEqualTo(2);
  }

  @Test
  void shouldLetWhatDependsOnAnAcknowledgementSendWithoutWaiting() {
    Connecting connecting = server.begin(server.client().window(1, 1000));
    Peer peer = server.accept();
    peer.welcome();
    LinecastClient client = connecting.client();
    CompletableFuture<Sent> second =
        client
            .send("a")
            .thenCompose(
                sent -> {
                  client.send("b");
                  return client.send("c");
                });
    peer.expect("SEND 1 a").say("SENT 1 1 0").expect("SEND 2 b", "SEND 3 c");
    peer.say("SENT 2 2 0", "SENT 3 3 0");
    assertThat(within(second).seq()).isEqualTo(3);
  }

  @Test
  void shouldNotLetTheReadingThreadWaitForItself() {
    Connecting connecting = server.begin(server.client());
    Peer peer = server.accept();
    peer.welcome();
    LinecastClient client = connecting.client();
    CompletableFuture<Sent> stuck = client.send("a").thenApply(sent -> client.send("b").join());
    peer.expect("SEND 1 a").say("SENT 1 1 0").expect("SEND 2 b").say("SENT 2 2 0");
    assertThatThrownBy(() -> within(stuck))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("Async");
  }

  @Test
  void shouldTellAHandlerOfManyLinesInOrder() {
    Connecting connecting = server.begin(server.client());
    Peer peer = server.accept();
    peer.welcome();
    LinecastClient client = connecting.client();
    List<String> told = Collections.synchronizedList(new ArrayList<>());
    SendHandler handler =
        new SendHandler() {
          @Override
          public void onSent(long number, long seq, long clients) {
            told.add(number + " is " + seq);
          }

          @Override
          public void onFailed(SendException failure) {
            told.add(failure.number() + " failed");
          }
        };
    for (int i = 0; i < 3; i++) {
      client.send(new byte[] {'x'}, handler);
    }
    peer.expect("SEND 1 x", "SEND 2 x", "SEND 3 x");
    assertThat(client.awaitAll(Duration.ofMillis(1))).isFalse();
    peer.say("SENT 1 5 0", "FAIL 2 rate slowly", "SENT 3 9 0");
    assertThat(client.awaitAll(Duration.ofSeconds(10))).isTrue();
    assertThat(told).containsExactly("1 is 5", "2 failed", "3 is 9");
  }

  @Test
  void shouldEndWhenAnAnswerIsForNoLineUnderWay() {
    Connecting connecting = server.begin(server.client());
    Peer peer = server.accept();
    peer.welcome();
    LinecastClient client = connecting.client();
    CompletableFuture<Sent> future = client.send("a");
    peer.expect("SEND 1 a").say("SENT 2 1 0");
    assertThatThrownBy(() -> within(future))
        .isInstanceOfSatisfying(SendException.class, e -> assertThat(e.mayBeRelayed()).isTrue());
    assertThatThrownBy(() -> client.send("b"))
        .isInstanceOfSatisfying(
            ClientException.class,
            e -> assertThat(e.reason()).isEqualTo(ClientException.Reason.PROTOCOL));
  }
}
