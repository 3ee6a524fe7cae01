package io.linecast.acceptance.ack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.linecast.acceptance.BlackBox;
import io.linecast.acceptance.LineClient;
import io.linecast.acceptance.ServerUnderTest;
import io.linecast.acceptance.Transport;
import io.linecast.acceptance.Unchanged;
import io.linecast.acceptance.ack.Event.Bye;
import io.linecast.acceptance.ack.Event.Gap;
import io.linecast.acceptance.ack.Event.Line;
import io.linecast.acceptance.ack.Event.Pong;
import io.linecast.acceptance.ack.Event.Sent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** An acknowledged listener that falls a whole window behind. */
@BlackBox
@ParameterizedClass
@MethodSource("io.linecast.acceptance.Transport#underTest")
record SlowListenerIT(Transport transport) {
  private static final int BATCHES = 80;
  private static final int BATCH_LINES = 200;
  private static final String FILLING = "x".repeat(1_000);

  @Test
  void shouldTellASlowListenerExactlyWhatItWillNotGet() {
    try (ServerUnderTest server = start();
        Clients clients = new Clients(server)) {
      LineClient plain = clients.joinPlain();
      AckClient stuck = clients.joinWithSmallBuffer("");
      AckClient healthy = clients.join("");
      AckClient publisher = clients.join("listen=no");
      long first = publisher.answer().next();
      for (int batch = 0; batch < BATCHES; batch++) {
        List<Event> expected = publishBatch(publisher, batch, first);
        assertThat(healthy.next(BATCH_LINES)).isEqualTo(expected);
        assertThat(plain.hear(BATCH_LINES)).hasSize(BATCH_LINES);
      }
      long end = first + (long) BATCHES * BATCH_LINES;
      List<Gap> gaps = hearUpTo(stuck, first, end);
      assertThat(gaps).isNotEmpty().extracting(Gap::reason).containsOnly("slow");
      assertThat(gaps).as("one for all it missed while it did not read").hasSizeLessThan(3);
      stuck.send("DONE " + (end - 1));
      Sent sent = publisher.publish(end, "and on");
      assertThat(stuck.next()).isEqualTo(new Line(sent.seq(), "and on"));
      assertThat(healthy.next()).isEqualTo(new Line(sent.seq(), "and on"));
    }
  }

  @Test
  void shouldWaitForTheDoneOfAListenerBehindItsGap() {
    try (ServerUnderTest server = start();
        Clients clients = new Clients(server)) {
      AckClient stuck = clients.joinWithSmallBuffer("");
      AckClient publisher = clients.join("listen=no");
      AckClient careful = clients.join("listen=no ack=done");
      long first = publisher.answer().next();
      careful.send("SEND 1 " + FILLING);
      await().until(() -> clients.join("listen=no").answer().next() == first + 1);
      for (int batch = 0; batch < BATCHES; batch++) {
        publishBatch(publisher, batch, first + 1);
      }
      careful.expectSilence(Duration.ofMillis(100));
      long end = first + 1 + (long) BATCHES * BATCH_LINES;
      assertThat(hearUpTo(stuck, first, end)).isNotEmpty();
      careful.expectSilence(Duration.ofMillis(100));
      stuck.send("DONE " + (end - 1));
      assertThat(careful.next().uncounted()).isEqualTo(new Sent(1, first, 0));
    }
  }

  @Test
  void shouldHaveSendersWaitForItWhereThatIsAskedFor() {
    try (ServerUnderTest server = start("--slow", "stall");
        Clients clients = new Clients(server)) {
      AckClient stuck = clients.joinWithSmallBuffer("");
      AckClient publisher = clients.join("listen=no");
      AckClient prober = clients.join("listen=no");
      long first = publisher.answer().next();
      String sends = sends(first);
      CompletableFuture<Void> sending = Background.run(() -> publisher.sendRaw(sends));
      long end = first + (long) BATCHES * BATCH_LINES;
      prober.expectSilence(Duration.ofMillis(700));
      assertThat(sending).as("sending 16 MB to a window of 1 MB").isNotDone();
      assertThat(hearUpTo(stuck, first, end)).isEmpty();
      sending.join();
      assertThat(publisher.next(BATCHES * BATCH_LINES)).hasSize(BATCHES * BATCH_LINES);
    }
  }

  @Test
  void shouldHaveNothingButLinesWaitForIt() {
    try (ServerUnderTest server = start("--slow", "stall");
        Clients clients = new Clients(server)) {
      AckClient stuck = clients.joinWithSmallBuffer("");
      AckClient publisher = clients.join("listen=no");
      long first = publisher.answer().next();
      String sends = sends(first);
      CompletableFuture<Void> sending = Background.run(() -> publisher.sendRaw(sends));
      long held = awaitStandstill(clients, first);
      assertThat(sending).as("sending 16 MB to a window of 1 MB").isNotDone();
      AckClient plain = clients.connect();
      plain.sendRaw("a last line " + FILLING);
      plain.halfClose();
      AckClient listener = clients.join("");
      listener.send("DONE " + (held - 1), "PING a", "QUIT");
      assertThat(listener.next()).isEqualTo(new Pong("a"));
      listener.expectBye("quit");
      AckClient newcomer = clients.join("listen=no");
      newcomer.send("PING b", "SEND 1 " + FILLING, "PING c");
      assertThat(newcomer.next()).isEqualTo(new Pong("b"));
      newcomer.expectSilence(Duration.ofMillis(100));
      assertThat(nextLine(clients)).as("number of the next line").isEqualTo(held);
      assertThat(hearUpTo(stuck, first, first + (long) BATCHES * BATCH_LINES + 2)).isEmpty();
      assertThat(newcomer.next()).isInstanceOf(Sent.class);
      assertThat(newcomer.next()).isEqualTo(new Pong("c"));
      sending.join();
    }
  }

  @Test
  void shouldHaveNothingWaitForItThatIsNotAcceptedAnyway() {
    try (ServerUnderTest server = start("--slow", "stall", "--event-loops", "1");
        Clients clients = new Clients(server)) {
      AckClient stuck = clients.joinWithSmallBuffer("");
      AckClient awaiting = clients.join("listen=no ack=done");
      awaiting.send("SEND 1 x");
      AckClient idle = clients.join("listen=no");
      AckClient publisher = clients.join("listen=no");
      long first = publisher.answer().next();
      String sends = sends(first);
      Background.run(() -> publisher.sendRaw(sends));
      awaitStandstill(clients, first);
      server.program().signal("TERM");
      idle.expectBye("shutting-down");
      awaiting.send("SEND 2 too late", "PING behind it");
      assertThat(awaiting.next()).isEqualTo(new Pong("behind it"));
      stuck.close();
      // Whether the line it waits for is done when the stuck client has gone is not the point here.
      assertThat(awaiting.untilEnd().getLast()).isEqualTo(new Bye("shutting-down"));
    }
  }

  private static String sends(long first) {
    StringBuilder sends = new StringBuilder();
    for (int i = 0; i < BATCHES * BATCH_LINES; i++) {
      sends.append(send(i, first));
    }
    return sends.toString();
  }

  /**
   * Waits until lines beyond a first batch were accepted and no more are; the number that the next
   * one would have.
   */
  private static long awaitStandstill(Clients clients, long first) {
    await("that lines come").until(() -> nextLine(clients) > first + BATCH_LINES);
    await("that nothing moves")
        .pollInterval(Duration.ofMillis(100))
        .during(Duration.ofMillis(500))
        .atMost(Duration.ofSeconds(20))
        .until(new Unchanged(() -> nextLine(clients)));
    return nextLine(clients);
  }

  private static int nextLine(Clients clients) {
    return (int) clients.join("listen=no").answer().next();
  }

  private ServerUnderTest start(String... options) {
    List<String> all = new ArrayList<>(List.of("--transport", transport.option()));
    all.addAll(List.of("--window", "1m"));
    all.addAll(List.of(options));
    return ServerUnderTest.start(all.toArray(String[]::new));
  }

  /** Publishes lines and waits until they are accepted; as a listener is to hear them. */
  private static List<Event> publishBatch(AckClient publisher, int batch, long first) {
    StringBuilder sends = new StringBuilder();
    List<Event> lines = new ArrayList<>();
    for (int i = batch * BATCH_LINES; i < (batch + 1) * BATCH_LINES; i++) {
      sends.append(send(i, first));
      lines.add(new Line(first + i, text(first + i)));
    }
    publisher.sendRaw(sends.toString());
    publisher.next(BATCH_LINES);
    return lines;
  }

  private static String send(int i, long first) {
    return "SEND " + (i + 1) + " " + text(first + i) + "\n";
  }

  private static String text(long seq) {
    return seq + FILLING;
  }

  /** Hears on, with every number in a {@code LINE} or a {@code GAP}, once; the gaps. */
  private static List<Gap> hearUpTo(AckClient client, long first, long end) {
    List<Gap> gaps = new ArrayList<>();
    long expected = first;
    while (expected < end) {
      switch (client.next()) {
        case Line(long seq, String text) -> {
          assertThat(seq).as("after %s", gaps).isEqualTo(expected);
          assertThat(text).endsWith(FILLING);
          expected++;
        }
        case Gap gap -> {
          assertThat(gap.first()).isEqualTo(expected);
          assertThat(gap.last()).isBetween(expected, end - 1);
          gaps.add(gap);
          expected = gap.last() + 1;
        }
        case Event other -> throw new AssertionError("unexpected: " + other);
      }
    }
    return gaps;
  }
}
