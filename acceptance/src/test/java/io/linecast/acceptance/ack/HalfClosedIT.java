package io.linecast.acceptance.ack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.linecast.acceptance.BlackBox;
import io.linecast.acceptance.ServerUnderTest;
import io.linecast.acceptance.Transport;
import io.linecast.acceptance.ack.Event.Bye;
import io.linecast.acceptance.ack.Event.Line;
import io.linecast.acceptance.ack.Event.Ping;
import io.linecast.acceptance.ack.Event.Sent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A client that has ended its sending: it cannot answer a {@code PING}, and has much to wait for.
 */
@BlackBox
@ParameterizedClass
@MethodSource("io.linecast.acceptance.Transport#underTest")
class HalfClosedIT {
  private static final Duration HEARTBEAT = Duration.ofMillis(1_200);

  /** Forty of them are longer than the server's patience with who is silent. */
  private static final Duration PAUSE = HEARTBEAT.dividedBy(10);

  private static final int PINGS_UNANSWERED = 2;

  @Parameter Transport transport;

  private ServerUnderTest server;
  private Clients clients;

  @BeforeEach
  void start() {
    server = start(HEARTBEAT.toMillis() + "ms");
    clients = new Clients(server);
  }

  @AfterEach
  void stop() {
    clients.close();
    server.close();
  }

  @Test
  void shouldBeAnsweredHoweverLongThatTakes() {
    AckClient bob = clients.join("");
    AckClient alice = clients.join("listen=no ack=done");
    alice.send("SEND 1 x");
    alice.halfClose();
    Line line = bob.nextLine();
    try (ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor()) {
      timer.scheduleAtFixedRate(() -> bob.send("PONG"), 0, 100, TimeUnit.MILLISECONDS);
      for (int i = 0; i <= PINGS_UNANSWERED; i++) {
        assertThat(alice.nextEvenPing()).isInstanceOf(Ping.class);
      }
    }
    bob.send("DONE " + line.seq());
    List<Event> heard = alice.untilEnd();
    assertThat(heard.stream().filter(event -> !(event instanceof Ping)).map(Event::uncounted))
        .containsExactly(new Sent(1, line.seq(), 0), new Bye("quit"));
  }

  @Test
  void shouldBeSentEverythingHoweverSlowlyItReads() {
    int count = 400;
    AckClient publisher = clients.join("listen=no");
    for (int n = 1; n <= count; n++) {
      publisher.publish(n, "x".repeat(10_000));
    }
    AckClient slow = clients.joinWithSmallBuffer("from=oldest");
    slow.halfClose();
    for (int n = 1; n <= count; n++) {
      assertThat(slow.nextLineEvenPing().seq()).isEqualTo(n);
      if (n % 10 == 0) {
        await().pollDelay(PAUSE).until(() -> true);
      }
    }
    assertThat(slow.untilEnd()).last().isEqualTo(new Bye("quit"));
  }

  @Test
  void shouldBeLetGoOnceItIsNoMoreThoughItsLineWaits() {
    AckClient bob = clients.join("");
    AckClient ann = clients.join("ack=done publisher=ann");
    ann.send("SEND 1 x");
    ann.halfClose();
    assertThat(bob.nextLine().text()).isEqualTo("x");
    ann.reset();
    // Nobody comes or goes meanwhile: nothing but a PING finds it out.
    await("word of its leaving")
        .atMost(AckClient.PATIENCE.multipliedBy(2))
        .untilAsserted(
            () -> {
              bob.send("PONG");
              assertThat(server.output()).contains("left: the client went away");
            });
    assertThat(clients.connect().hello("publisher=cat").code()).isEmpty();
  }

  @Test
  void shouldBeLetGoOnceALineFindsThatItIsNoMore() {
    try (ServerUnderTest quiet = start("0");
        Clients there = new Clients(quiet)) {
      AckClient bob = there.join("");
      AckClient ann = there.join("ack=done publisher=ann");
      ann.send("SEND 1 x");
      ann.halfClose();
      assertThat(bob.nextLine().text()).isEqualTo("x");
      ann.reset();
      AckClient publisher = there.join("listen=no");
      AtomicLong lines = new AtomicLong();
      await("the place of the only publisher")
          .untilAsserted(
              () -> {
                publisher.publish(lines.incrementAndGet(), "for ann and bob");
                assertThat(there.connect().hello("publisher=cat").code()).isEmpty();
              });
    }
  }

  private ServerUnderTest start(String heartbeat) {
    List<String> options = new ArrayList<>(List.of("--transport", transport.option()));
    options.addAll(List.of("--heartbeat", heartbeat, "--publishers", "1", "--log-level", "debug"));
    return ServerUnderTest.start(options.toArray(String[]::new));
  }
}
