package io.linecast.acceptance.ack;

import static org.assertj.core.api.Assertions.assertThat;

import io.linecast.acceptance.BlackBox;
import io.linecast.acceptance.LineClient;
import io.linecast.acceptance.ServerUnderTest;
import io.linecast.acceptance.ack.Event.Bye;
import io.linecast.acceptance.ack.Event.Line;
import io.linecast.acceptance.ack.Event.Ping;
import io.linecast.acceptance.ack.Event.Pong;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Silence, and what ends it. */
@BlackBox
class HeartbeatIT {
  private static final Duration HEARTBEAT = Duration.ofMillis(250);

  private static ServerUnderTest server;

  private Clients clients;

  @BeforeAll
  static void start() {
    server = ServerUnderTest.start("--heartbeat", "250ms");
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  @BeforeEach
  void begin() {
    clients = new Clients(server);
  }

  @AfterEach
  void end() {
    clients.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "listen=no", "ack=done"})
  void shouldPingASilentClientTwiceAndThenSayBye(String hello) {
    long begin = System.nanoTime();
    AckClient silent = clients.join(hello);
    assertThat(silent.nextEvenPing()).isInstanceOf(Ping.class);
    assertThat(System.nanoTime() - begin).as("ns to a PING").isGreaterThan(nanos(0.9));
    assertThat(silent.nextEvenPing()).isInstanceOf(Ping.class);
    assertThat(System.nanoTime() - begin).as("ns to another").isGreaterThan(nanos(1.8));
    silent.expectBye("idle");
    assertThat(System.nanoTime() - begin).as("ns to BYE").isBetween(nanos(2.5), nanos(8));
  }

  @Test
  void shouldKeepAClientThatAnswers() {
    LineClient plain = clients.joinPlain();
    AckClient patient = clients.join("");
    for (int i = 0; i < 4; i++) {
      Event ping = patient.nextEvenPing();
      assertThat(ping).isInstanceOf(Ping.class);
      patient.send(("PONG " + ((Ping) ping).text()).stripTrailing());
    }
    plain.send("still here?");
    assertThat(patient.next()).isInstanceOf(Line.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PING it is me", "PONG that was not asked for", "DONE 1", "SEND 1 again"})
  void shouldTakeAnyWordForAnAnswer(String word) {
    clients.join("listen=no").publish(1, "so that there is a line");
    AckClient talker = clients.join("");
    talker.send(word);
    int pings = 0;
    while (pings < 3) {
      Event event = talker.nextEvenPing();
      assertThat(event).isNotInstanceOf(Bye.class);
      if (event instanceof Ping) {
        pings++;
        talker.send(word);
      }
    }
    assertThat(pings).isEqualTo(3);
  }

  @Test
  void shouldNotPingAClientThatIsNotSilent() {
    AckClient chatter = clients.join("listen=no");
    long end = System.nanoTime() + HEARTBEAT.multipliedBy(3).toNanos();
    for (int n = 1; System.nanoTime() < end; n++) {
      chatter.send("PING " + n);
      assertThat(chatter.nextEvenPing()).isEqualTo(new Pong(Integer.toString(n)));
      chatter.expectSilence(Duration.ofMillis(25));
    }
  }

  @Test
  void shouldPingAListenerThatHearsAndSaysNothing() {
    AckClient publisher = clients.join("listen=no");
    AckClient silent = clients.join("");
    long end = System.nanoTime() + HEARTBEAT.multipliedBy(5).toNanos();
    for (int n = 1; System.nanoTime() < end; n++) {
      publisher.publish(n, "line " + n);
      publisher.expectSilence(Duration.ofMillis(50));
    }
    List<Event> events = silent.untilEnd();
    assertThat(events).last().isEqualTo(new Bye("idle"));
    assertThat(events.stream().filter(Ping.class::isInstance)).hasSize(2);
    assertThat(events.stream().filter(Line.class::isInstance)).hasSizeGreaterThan(5);
  }

  @Test
  void shouldWaitNoMoreForAListenerThatIsTooSilent() {
    AckClient publisher = clients.join("listen=no ack=done");
    AckClient silent = clients.join("");
    publisher.send("SEND 1 anyone?");
    assertThat(publisher.next()).as("once %s is gone", silent).isInstanceOf(Event.Sent.class);
    assertThat(silent.untilEnd()).last().isEqualTo(new Bye("idle"));
  }

  @Test
  void shouldAskEachOfManyClientsThoughNotAllAtOnce() {
    try (ServerUnderTest slower = ServerUnderTest.start("--heartbeat", "1");
        Clients there = new Clients(slower)) {
      List<AckClient> silent = Stream.generate(() -> there.join("")).limit(20).toList();
      assertThat(silent).allSatisfy(c -> assertThat(c.nextEvenPing()).isEqualTo(new Ping("1")));
      assertThat(silent).allSatisfy(c -> assertThat(c.nextEvenPing()).isEqualTo(new Ping("2")));
      silent.forEach(client -> client.expectBye("idle"));
    }
  }

  @Test
  void shouldPutNoPingIntoAPlainStream() {
    LineClient plain = clients.joinPlain();
    AckClient undecided = clients.connect();
    undecided.sendRaw("LINECAST/1 half-a-hello");
    plain.expectSilence(HEARTBEAT.multipliedBy(4));
    undecided.expectSilence(Duration.ofMillis(1));
    assertThat(plain.strays()).isEmpty();
  }

  @Test
  void shouldSayHowLongASilenceMayBe() {
    assertThat(clients.join("").answer().text("heartbeat")).as("250 ms, rounded up").isEqualTo("1");
  }

  @Test
  void shouldNeverPingWhereHeartbeatsAreOff() {
    try (ServerUnderTest quiet = ServerUnderTest.start("--heartbeat", "0");
        Clients there = new Clients(quiet)) {
      AckClient silent = there.join("");
      assertThat(silent.answer().text("heartbeat")).isEqualTo("0");
      silent.expectSilence(Duration.ofSeconds(1));
    }
  }

  @Test
  void shouldPingEveryFifteenSecondsUnlessToldOtherwise() {
    try (ServerUnderTest usual = ServerUnderTest.start();
        Clients there = new Clients(usual)) {
      List<String> heartbeats =
          Stream.of("", "listen=no").map(h -> there.join(h).answer().text("heartbeat")).toList();
      assertThat(heartbeats).containsExactly("15", "15");
    }
  }

  private static long nanos(double heartbeats) {
    return (long) (heartbeats * HEARTBEAT.toNanos());
  }
}
