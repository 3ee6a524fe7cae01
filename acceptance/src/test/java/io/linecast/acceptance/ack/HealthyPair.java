package io.linecast.acceptance.ack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.linecast.acceptance.LineClient;
import io.linecast.acceptance.ServerUnderTest;
import io.linecast.acceptance.ack.Event.Line;
import io.linecast.acceptance.ack.Event.Sent;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An acknowledged and a plain client that talk with each other, one line after the other, while
 * somebody else misbehaves: every line has to come, once, in order and without a long wait. They
 * talk in a thread of their own.
 */
final class HealthyPair implements AutoCloseable {
  private static final String PREFIX = "healthy ";
  private static final Duration LONG_WAIT = Duration.ofSeconds(15);
  private static final int ROUNDS_AT_LEAST = 5;

  private final Clients clients;
  private final LineClient plain;
  private final AckClient acknowledged;
  private final AtomicInteger rounds = new AtomicInteger();
  private final CompletableFuture<Void> talk;
  private volatile boolean ending;

  HealthyPair(ServerUnderTest server) {
    clients = new Clients(server);
    plain = clients.joinPlain();
    acknowledged = clients.join("publisher=healthy" + AckClient.nonce());
    talk = Background.run(this::talk);
  }

  /** Has them talk on for a few rounds. */
  void assertUnharmed() {
    int enough = rounds.get() + ROUNDS_AT_LEAST;
    await("a few rounds of the healthy pair")
        .pollInterval(Duration.ofMillis(2))
        .until(() -> rounds.get() >= enough || talk.isDone());
    assertThat(talk).as("talk of the healthy pair").isNotCompletedExceptionally();
  }

  @Override
  public void close() {
    ending = true;
    talk.join();
    clients.close();
  }

  private void talk() {
    long last = 0;
    for (int round = 1; !ending; round++) {
      long begin = System.nanoTime();
      String text = PREFIX + round;
      acknowledged.send("SEND " + round + " " + text);
      Sent sent = (Sent) nextOfTheirs();
      assertThat(sent.n()).isEqualTo(round);
      assertThat(hearPlain()).isEqualTo(text);
      plain.send(text);
      Line line = (Line) nextOfTheirs();
      assertThat(line.text()).isEqualTo(text);
      assertThat(sent.seq()).isGreaterThan(last);
      assertThat(line.seq()).isGreaterThan(sent.seq());
      last = line.seq();
      assertThat(System.nanoTime() - begin).as("ns of a round").isLessThan(LONG_WAIT.toNanos());
      rounds.set(round);
    }
  }

  private Event nextOfTheirs() {
    Event event = acknowledged.next();
    while (event instanceof Line line && !line.text().startsWith(PREFIX)) {
      event = acknowledged.next();
    }
    return event;
  }

  private String hearPlain() {
    String text = plain.hear();
    while (!text.startsWith(PREFIX)) {
      text = plain.hear();
    }
    return text;
  }
}
