package io.linecast.acceptance.ack;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.linecast.acceptance.ack.Event.Bye;
import io.linecast.acceptance.ack.Event.Line;
import io.linecast.acceptance.ack.Event.Sent;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong has its answer, and costs nobody else anything. */
class BadInputIT extends OnSharedServer {

  private HealthyPair others;

  @BeforeEach
  void gatherOthers() {
    others = new HealthyPair(server);
  }

  @AfterEach
  void lookAtOthers() {
    others.assertUnharmed();
    others.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "\0",
        "\r",
        "HELLO",
        "send 1 x",
        "Send 1 x",
        "SENDX 1 x",
        "SEN 1 x",
        " SEND 1 x",
        "SEND\t1 x",
        "SENT 1 1 1",
        "LINE 1 x",
        "GAP 1 2 slow",
        "BYE quit",
        "FAIL 1 rate x",
        "QUIT\r",
        "PINGX",
        "DONE\r",
        "DONE1",
        "GET / HTTP/1.1",
        "LINECAST/1 my-nonce",
        "\u00ff\u00fe",
      })
  void shouldSayByeToAnUnknownVerb(String line) {
    assertBye(line, "bad-verb");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SEND",
        "SEND ",
        "SEND x",
        "SEND 0 x",
        "SEND 0",
        "SEND 00 x",
        "SEND -1 x",
        "SEND +1 x",
        "SEND 1x x",
        "SEND 1.0 x",
        "SEND 0x1 x",
        "SEND  1 x",
        "SEND 1\tx",
        "SEND \u00b2 x",
        "SEND 9223372036854775808 x",
        "SEND 9999999999999999999 x",
        "SEND 12345678901234567890 x",
        "SEND 00000000000000000001 x",
        "DONE",
        "DONE ",
        "DONE x",
        "DONE 0",
        "DONE -1",
        "DONE 1x",
        "DONE  1",
        "DONE 1.5",
        "DONE 9223372036854775807",
        "DONE 9223372036854775808",
        "DONE 12345678901234567890",
      })
  void shouldSayByeToANumberThatIsNone(String line) {
    assertBye(line, "bad-number");
  }

  @Test
  void shouldSayByeToADoneForALineThatIsNotThereYet() {
    AckClient alice = join("");
    long seq = alice.answer().next() + 1_000_000;
    alice.send("DONE " + seq);
    assertThat(alice.untilEnd()).last().isEqualTo(new Bye("bad-number"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"DONE 1", "DONE x", "DONE"})
  void shouldSayByeToADoneOfOneWhoDoesNotListen(String done) {
    AckClient alice = join("listen=no");
    alice.publish(1, "so that there is a line");
    alice.send(done);
    alice.expectBye("bad-verb");
  }

  @Test
  void shouldAnswerWhatCameBeforeAnUnknownVerbAndTakeNothingAfterIt() {
    AckClient bob = join("");
    AckClient alice = join("listen=no");
    alice.send("SEND 1 before", "FOO", "SEND 2 never to be heard", "QUIT");
    List<Event> events = alice.untilEnd();
    assertThat(events).hasSize(2).last().isEqualTo(new Bye("bad-verb"));
    Sent sent = (Sent) events.getFirst();
    String after = "after " + AckClient.nonce();
    join("listen=no").publish(1, after);
    assertThat(textsUpTo(after, bob))
        .contains("before")
        .doesNotContain("never to be heard", "FOO", "SEND 2 never to be heard", "QUIT");
    assertThat(sent.n()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PING ", "PONG ", "HELLO ", "QUIT ", "DONE ", "SENDING ", ""})
  void shouldSayByeToALongLineThatIsNoSend(String verb) {
    AckClient alice = join("listen=no");
    alice.trySend(verb + "x".repeat(alice.answer().maxLine() + 100));
    List<Event> events = alice.untilEnd();
    assertThat(events).hasSize(1);
    assertThat(events.getFirst()).isIn(new Bye("too-long"), new Bye("bad-verb"));
    if (verb.startsWith("P")) {
      assertThat(events).containsExactly(new Bye("too-long"));
    }
  }

  @Test
  void shouldBearALineWithoutAnEnd() {
    AckClient alice = join("listen=no");
    byte[] piece = new byte[1 << 20];
    alice.sendRaw("SEND 1 ");
    for (int i = 0; i < 50; i++) {
      alice.sendBytes(piece);
    }
    others.assertUnharmed();
    alice.sendRaw("\nSEND 2 at last\n");
    alice.expectFail(1, "too-long");
    assertThat(alice.next()).isInstanceOf(Sent.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "LINECAST/1",
        "LINECAST/2 my-nonce",
        "LINECAST/1 short",
        "LINECAST/1 my-nonce from=9223372036854775807",
        "LINECAST/1 my-nonce colour=blue",
        "LINECAST/1 my-nonce channel=there-is-none",
        "LINECAST/",
      })
  void shouldBearBadHellos(String hello) {
    AckClient alice = connect();
    alice.send(hello, "SEND 1 never to be heard", "QUIT");
    assertThat(alice.awaitAnswer("my-nonce").isOk()).isFalse();
    alice.expectEnd();
    AckClient tooLong = connect();
    tooLong.trySend(hello + " token=" + "x".repeat(10_000));
    assertThat(tooLong.awaitAnswer("my-nonce").isOk()).isFalse();
    tooLong.expectEnd();
  }

  @Test
  void shouldBearClientsThatStopInTheMiddle() {
    for (String half :
        List.of("L", "LINECAST/1", "LINECAST/1 my-nonce", "LINECAST/1 my-nonce\nSE")) {
      connect().sendRaw(half);
      AckClient gone = connect();
      gone.sendRaw(half);
      gone.reset();
    }
    others.assertUnharmed();
    assertThat(join("listen=no").publish(1, "and on").seq()).isPositive();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void shouldBearNoise(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 20; i++) {
      byte[] noise = new byte[1 + random.nextInt(3_000)];
      random.nextBytes(noise);
      AckClient alice = i % 2 == 0 ? connect() : join("listen=no");
      if (i % 4 == 0) {
        alice.sendRaw("LINECAST/1 ");
      }
      alice.trySend(new String(noise, ISO_8859_1));
      alice.trySend("QUIT");
      alice.halfClose();
    }
    others.assertUnharmed();
    assertThat(join("listen=no").publish(1, "seed " + seed).seq()).isPositive();
  }

  private void assertBye(String line, String code) {
    AckClient alice = join("listen=no");
    AckClient bob = join(line.startsWith("DONE") ? "" : "listen=no");
    alice.publish(1, "so that there is a line");
    bob.send(line, "SEND 2 never to be heard");
    List<Event> events = bob.untilEnd().stream().filter(event -> !(event instanceof Line)).toList();
    assertThat(events).containsExactly(new Bye(code));
    assertThat(alice.publish(2, "not harmed by it").seq()).isPositive();
  }

  private static List<String> textsUpTo(String last, AckClient client) {
    return Stream.iterate(client.nextLine().text(), text -> client.nextLine().text())
        .takeWhile(text -> !text.equals(last))
        .toList();
  }
}
