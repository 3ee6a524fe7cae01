package io.linecast.acceptance.ack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.linecast.acceptance.BlackBox;
import io.linecast.acceptance.LineClient;
import io.linecast.acceptance.ServerUnderTest;
import io.linecast.acceptance.ack.Event.Bye;
import io.linecast.acceptance.ack.Event.Fail;
import io.linecast.acceptance.ack.Event.Line;
import io.linecast.acceptance.ack.Event.Pong;
import io.linecast.acceptance.ack.Event.Sent;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What flags of the server change of the acknowledged protocol. */
@BlackBox
class ServerFlagsIT {

  @Test
  void shouldTakeAHelloForALineWhereThereAreOnlyPlainOnes() {
    try (ServerUnderTest server = ServerUnderTest.start("--plain-only");
        Clients clients = new Clients(server)) {
      LineClient plain = clients.joinPlain();
      AckClient hopeful = clients.connect();
      hopeful.send("LINECAST/1 my-nonce-1 listen=no", "SEND 1 x", "LINECAST/", "QUIT");
      assertThat(plain.hear(4))
          .containsExactly("LINECAST/1 my-nonce-1 listen=no", "SEND 1 x", "LINECAST/", "QUIT");
      plain.send("for a plain one");
      assertThat(hopeful.nextBytes()).asString().isEqualTo("for a plain one");
      hopeful.halfClose();
      hopeful.expectEnd();
    }
  }

  @Test
  void shouldLetAHelloChooseAmongTheServersChannels() {
    try (ServerUnderTest server = ServerUnderTest.start("--lines", "0=weather");
        Clients clients = new Clients(server);
        LineClient plain = server.connectTo("weather")) {
      AckClient main = clients.join("channel=main");
      AckClient alice = clients.join("channel=weather");
      AckClient bob = clients.join("channel=weather listen=no");
      assertThat(main.answer().text("channel")).isEqualTo("main");
      assertThat(alice.answer().text("channel")).isEqualTo("weather");
      Sent sent = bob.publish(1, "rain");
      assertThat(alice.next()).isEqualTo(new Line(sent.seq(), "rain"));
      assertThat(plain.hear()).isEqualTo("rain");
      plain.send("sun");
      assertThat(alice.next()).isEqualTo(new Line(sent.seq() + 1, "sun"));
      main.expectSilence(Duration.ofMillis(50));
      assertThat(main.publish(1, "of the main channel").seq()).isEqualTo(1);
      assertThat(clients.connect().hello("channel=Weather").code()).isEqualTo("channel");
    }
  }

  @Test
  void shouldAcceptNothingOfASenderBehindItsStoppingWord() {
    try (ServerUnderTest server = ServerUnderTest.start("--allow-end");
        Clients clients = new Clients(server)) {
      AckClient bob = clients.join("");
      AckClient alice = clients.join("listen=no");
      alice.send("SEND 1 x", "SEND 2 END", "SEND 3 y", "PING z", "SEND 2 END", "SEND 4 y");
      assertThat(alice.untilEnd().stream().map(Event::uncounted))
          .containsExactly(
              new Sent(1, 1, 0),
              new Sent(2, 2, 0),
              new Fail(3, "shutting-down"),
              new Pong("z"),
              new Sent(2, 2, 0),
              new Fail(4, "shutting-down"),
              new Bye("shutting-down"));
      assertThat(bob.untilEnd())
          .containsExactly(new Line(1, "x"), new Line(2, "END"), new Bye("shutting-down"));
      assertThat(server.program().exitCode(Duration.ofSeconds(20))).isZero();
    }
  }

  @Test
  void shouldTellPublishersApartByTheirChannel() {
    try (ServerUnderTest server = ServerUnderTest.start("--lines", "0=weather");
        Clients clients = new Clients(server)) {
      AckClient main = clients.join("publisher=ann");
      main.publish(7, "of the main channel");
      AckClient weather = clients.join("channel=weather publisher=ann");
      assertThat(weather.answer().last()).hasValue(0);
      assertThat(weather.publish(7, "rain").seq()).isEqualTo(1);
      assertThat(main.publish(8, "not put out").seq()).isEqualTo(2);
    }
  }

  @Test
  void shouldHaveTheLongestLineAsItIsTold() {
    try (ServerUnderTest server = ServerUnderTest.start("--max-line", "100");
        Clients clients = new Clients(server)) {
      AckClient bob = clients.join("");
      AckClient alice = clients.join("listen=no");
      assertThat(alice.answer().maxLine()).isEqualTo(100);
      Sent sent = alice.publish(1, "x".repeat(99));
      assertThat(bob.next()).isEqualTo(new Line(sent.seq(), "x".repeat(99)));
      alice.send("SEND 2 " + "x".repeat(100), "SEND 9223372036854775807 " + "y".repeat(99));
      alice.expectFail(2, "too-long");
      assertThat(alice.next().uncounted()).isEqualTo(new Sent(Long.MAX_VALUE, sent.seq() + 1, 0));
      assertThat(bob.next()).isEqualTo(new Line(sent.seq() + 1, "y".repeat(99)));
    }
  }

  @Test
  void shouldHaveRoomAgainWhereListenersHaveReset() {
    try (ServerUnderTest server = ServerUnderTest.start("--max-connections", "4");
        Clients clients = new Clients(server)) {
      AckClient publisher = clients.join("listen=no");
      for (int n = 1; n <= 10; n++) {
        AckClient listener =
            await("room for a listener")
                .until(() -> clients.tryJoin(""), Optional::isPresent)
                .orElseThrow();
        publisher.publish(n, "line");
        listener.nextLine();
        listener.reset();
      }
      assertThat(publisher.publish(11, "and on").seq()).isEqualTo(11);
    }
  }

  @Test
  void shouldCloseNoAcknowledgedClientForALongSend() {
    try (ServerUnderTest server =
            ServerUnderTest.start("--max-line", "100", "--too-long", "close");
        Clients clients = new Clients(server)) {
      AckClient alice = clients.join("listen=no");
      alice.send("SEND 1 " + "x".repeat(1_000));
      alice.expectFail(1, "too-long");
      assertThat(alice.publish(2, "and on").seq()).isEqualTo(1);
    }
  }
}
