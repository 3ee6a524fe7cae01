package io.linecast.acceptance.abuse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * All attacks on one kind of server, one after the other, on a thread of its own: most of their
 * time is waiting for a server's own patience to end, so that several kinds are besieged at once.
 */
final class Siege implements Runnable {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** A 2-core machine that does other things as well has much to do; nobody is to wait longer. */
  private static final Duration WAIT_MOST = Duration.ofSeconds(5);

  /** At less than a fiftieth of its pace, a sender does not go on. */
  private static final Duration TIME_PER_LINE_MOST = Duration.ofMillis(100);

  /** What the JVM may have grown by that has nothing to do with any client. */
  private static final long MEMORY_SLACK_BYTES = 160L << 20;

  /** An attack, and the port that it is on. */
  record Assault(Fortress.Kind kind, Fortress.Gate gate, Attack attack) {

    @Override
    public String toString() {
      return gate.port() + ": " + attack;
    }
  }

  private final Fortress.Kind kind;

  /** What has become of each attack, as a row of a table. */
  private final Map<Assault, CompletableFuture<String>> rows = new LinkedHashMap<>();

  private final CompletableFuture<Long> grownBytes = new CompletableFuture<>();

  Siege(Fortress.Kind kind) {
    this.kind = kind;
    assaultsOn(kind).forEach(assault -> rows.put(assault, new CompletableFuture<>()));
  }

  static Stream<Assault> assaultsOn(Fortress.Kind kind) {
    return kind.gates().stream()
        .flatMap(gate -> gate.attacks().stream().map(its -> new Assault(kind, gate, its)));
  }

  /** What has become of an attack, as soon as it is over; fails as it has. */
  String row(Assault assault) throws InterruptedException, TimeoutException {
    CompletableFuture<String> row =
        rows.entrySet().stream()
            .filter(its -> its.getKey().toString().equals(assault.toString()))
            .findFirst()
            .orElseThrow()
            .getValue();
    return valueOf(row);
  }

  /** By how much memory has grown in the end, the server having stopped in order. */
  long grownBytes() throws InterruptedException, TimeoutException {
    return valueOf(grownBytes);
  }

  private static <T> T valueOf(CompletableFuture<T> future)
      throws InterruptedException, TimeoutException {
    try {
      return future.get(2 * PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error harm) {
        throw harm;
      }
      throw e.getCause() instanceof RuntimeException harm ? harm : new IllegalStateException(e);
    }
  }

  @Override
  public void run() {
    try {
      Fortress fortress = Fortress.start(kind);
      for (Map.Entry<Assault, CompletableFuture<String>> each : rows.entrySet()) {
        fortress = endure(fortress, each.getKey(), each.getValue());
      }
      try (Fortress last = fortress) {
        long grown = last.residentGrownBytes();
        assertThat(last.stop()).as("exit code after all that").isZero();
        grownBytes.complete(grown);
      }
    } catch (AssertionError | IOException | RuntimeException trouble) {
      rows.values().forEach(row -> row.completeExceptionally(trouble));
      grownBytes.completeExceptionally(trouble);
    }
  }

  /** One that has done harm does not spoil the others: they get a server that was not attacked. */
  private Fortress endure(Fortress here, Assault assault, CompletableFuture<String> row)
      throws IOException {
    try {
      row.complete(rowOf(here, assault));
      return here;
    } catch (AssertionError | RuntimeException harm) {
      row.completeExceptionally(harm);
      here.close();
      return Fortress.start(kind);
    }
  }

  private static String rowOf(Fortress here, Assault assault) {
    Attack attack = assault.attack();
    HealthyClients healthy = here.healthy();
    long limitedBefore = limited(here, attack);
    long sentBefore = healthy.sent();
    List<Outcome> outcomes = new ArrayList<>();
    Duration longest =
        longestWaitDuring(
            () -> outcomes.addAll(attack.act().run(() -> here.open(assault.gate()))), healthy);
    assertThat(attack.objection(outcomes)).as("what became of %s", attack).isEmpty();
    attack
        .limit()
        .ifPresent(
            option ->
                await("--%s to be counted".formatted(option))
                    .atMost(PATIENCE)
                    .pollDelay(Duration.ZERO)
                    .until(() -> limited(here, attack) > limitedBefore));
    await("descriptors as before")
        .atMost(PATIENCE)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(10))
        .untilAsserted(() -> assertThat(here.descriptorsGrown()).isLessThanOrEqualTo(0));
    return "| %s | %s | %s | all of %,d lines to each of %d, %d ms behind at most |"
        .formatted(
            assault.gate().port(),
            attack,
            wordsFor(attack, outcomes),
            healthy.sent() - sentBefore,
            healthy.count(),
            longest.toMillis());
  }

  /**
   * The longest that a healthy one waits during an attack. They have to go on, and none may wait
   * for long: but for what has held up all that is in this JVM.
   */
  private static Duration longestWaitDuring(Runnable attack, HealthyClients healthy) {
    try (HoldUps holdUps = HoldUps.watch()) {
      healthy.longestWait();
      long sentBefore = healthy.sent();
      long begin = System.nanoTime();
      attack.run();
      Duration took = Duration.ofNanos(System.nanoTime() - begin).minus(holdUps.sum());
      long sent = healthy.sent() - sentBefore;
      assertThat(sent)
          .as("lines sent within %s", took)
          .isGreaterThanOrEqualTo(took.dividedBy(TIME_PER_LINE_MOST));
      healthy.assertUnharmed();
      Duration longest = healthy.longestWait();
      assertThat(longest.minus(holdUps.longest()))
          .as("the longest that a healthy one waited")
          .isLessThan(WAIT_MOST);
      return longest;
    }
  }

  private static long limited(Fortress here, Attack attack) {
    return attack.limit().map(here::limited).orElse(0L);
  }

  private static String wordsFor(Attack attack, List<Outcome> outcomes) {
    Outcome shown = outcomes.getLast();
    if (attack.expected() != Attack.Expected.THINNED) {
      return shown.words() + attack.limit().map(" (`--%s`)"::formatted).orElse("");
    }
    long closed = outcomes.stream().filter(its -> its.ending() == Outcome.Ending.CLOSED).count();
    return "%d of %d closed (`--%s`)".formatted(closed, outcomes.size(), attack.limit().orElse(""));
  }

  /** What memory may have grown by in the end. */
  static long slackBytes() {
    return MEMORY_SLACK_BYTES;
  }
}
