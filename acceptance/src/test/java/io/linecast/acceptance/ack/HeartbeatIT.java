package io.linecast.acceptance.ack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.linecast.acceptance.BlackBox;
import io.linecast.acceptance.LineClient;
import io.linecast.acceptance.ServerUnderTest;
import io.linecast.acceptance.ack.Event.Bye;
import io.linecast.acceptance.ack.Event.Line;
import io.linecast.acceptance.ack.Event.Ping;
import io.linecast.acceptance.ack.Event.Pong;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
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

  /** So long that nobody is silent for three of them because something held it up. */
  private static final String LONG_HEARTBEAT = "1500ms";

  private static final int PINGS_UNANSWERED = 2;
  private static final Duration BETWEEN_WORDS = Duration.ofMillis(25);

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
    assertThat(System.nanoTime() - begin)
        .as("ns to BYE")
        .isBetween(nanos(2.5), TimeUnit.SECONDS.toNanos(8));
  }

  @Test
  void shouldKeepAClientThatAnswers() {
    try (ServerUnderTest slower = ServerUnderTest.start("--heartbeat", LONG_HEARTBEAT);
        Clients there = new Clients(slower)) {
      LineClient plain = there.joinPlain();
      AckClient patient = there.join("");
      for (int i = 0; i <= PINGS_UNANSWERED; i++) {
        Event ping = patient.nextEvenPing();
        assertThat(ping).isInstanceOf(Ping.class);
        patient.send(("PONG " + ((Ping) ping).text()).stripTrailing());
      }
      plain.send("still here?");
      assertThat(patient.next()).isInstanceOf(Line.class);
    }
  }

  @Test
  void shouldTakeAnyWordForAnAnswer() {
    try (ServerUnderTest slower = ServerUnderTest.start("--heartbeat", LONG_HEARTBEAT);
        Clients there = new Clients(slower)) {
      there.join("listen=no").publish(1, "so that there is a line");
      Map<String, AckClient> talkers = new LinkedHashMap<>();
      Stream.of("PING it is me", "PONG that was not asked for", "DONE 1", "SEND 1 again")
          .forEach(word -> talkers.put(word, there.join("")));
      talkers.forEach((word, talker) -> talker.send(word));
      for (int i = 0; i <= PINGS_UNANSWERED; i++) {
        talkers.forEach(
            (word, talker) -> {
              awaitPing(talker, word);
              talker.send(word);
            });
      }
    }
  }

  /** Passes over what the word is answered with, and what others say. */
  private static void awaitPing(AckClient talker, String word) {
    Event event = talker.nextEvenPing();
    while (!(event instanceof Ping)) {
      assertThat(event).as("to who says '%s'", word).isNotInstanceOf(Bye.class);
      event = talker.nextEvenPing();
    }
  }

  @Test
  void shouldNotPingAClientThatIsNotSilent() {
    long last = System.nanoTime();
    AckClient chatter = clients.join("listen=no");
    long end = last + HEARTBEAT.multipliedBy(3).toNanos();
    for (int n = 1; System.nanoTime() < end; n++) {
      long before = last;
      last = System.nanoTime();
      chatter.send("PING " + n);
      Event event = chatter.nextEvenPing();
      while (event instanceof Ping) { // it was silent if something held it up
        assertThat(System.nanoTime() - before).as("ns of two words").isGreaterThan(nanos(1));
        event = chatter.nextEvenPing();
      }
      assertThat(event).isEqualTo(new Pong(Integer.toString(n)));
      await().pollDelay(BETWEEN_WORDS).until(() -> true);
    }
  }

  @Test
  void shouldPingAListenerThatHearsAndSaysNothing() {
    try (ServerUnderTest slower = ServerUnderTest.start("--heartbeat", LONG_HEARTBEAT);
        Clients there = new Clients(slower);
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor()) {
      AckClient publisher = there.join("listen=no");
      AckClient silent = there.join("");
      AtomicLong n = new AtomicLong();
      timer.scheduleAtFixedRate(() -> publishUpTo(300, n, publisher), 0, 50, TimeUnit.MILLISECONDS);
      List<Event> events = silent.untilEnd();
      timer.shutdownNow();
      List<Event> pings = events.stream().filter(Ping.class::isInstance).toList();
      assertThat(events).last().isEqualTo(new Bye("idle"));
      assertThat(pings).hasSize(PINGS_UNANSWERED);
      assertThat(events.subList(0, events.indexOf(pings.getLast())))
          .filteredOn(Line.class::isInstance)
          .hasSizeGreaterThan(10);
    }
  }

  /** Not for ever: a server that took what it sends for a client's word would never end. */
  private static void publishUpTo(int most, AtomicLong n, AckClient publisher) {
    if (n.get() < most) {
      publisher.publish(n.incrementAndGet(), "a line");
    }
  }

  @Test
  void shouldWaitNoMoreForAListenerThatIsTooSilent() {
    try (ServerUnderTest slower = ServerUnderTest.start("--heartbeat", LONG_HEARTBEAT);
        Clients there = new Clients(slower)) {
      AckClient publisher = there.join("listen=no ack=done");
      AckClient silent = there.join("");
      publisher.send("SEND 1 anyone?");
      assertThat(publisher.next()).as("once %s is gone", silent).isInstanceOf(Event.Sent.class);
      assertThat(silent.untilEnd()).last().isEqualTo(new Bye("idle"));
    }
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
