package io.linecast.acceptance.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.linecast.broker.KafkaCluster;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;

/**
 * What goes on while brokers and servers are killed and frozen: publishers send at any server and
 * repeat what is not acknowledged, a plain sender sends at the first; listeners hear every line,
 * one at each server and some at any.
 */
final class KafkaLoad {

  static final Duration PATIENCE = Duration.ofMinutes(2);
  static final String TOPIC = "lines";

  private static final int ROVING_SENDERS = 3;
  private static final Duration PAUSE = Duration.ofMillis(50);
  private static final Duration LINE_PAUSE = Duration.ofMillis(5);

  private final Ledger ledger = new Ledger();
  private final KafkaCluster cluster;
  private final SharedServers servers;
  private final long seed;
  private final List<Party> senders = new ArrayList<>();
  private final List<Thread> senderThreads = new ArrayList<>();
  private final List<Party> listeners = new ArrayList<>();
  private final List<NumberedHearing> hearings = new ArrayList<>();

  KafkaLoad(KafkaCluster cluster, SharedServers servers, long seed) {
    this.cluster = cluster;
    this.servers = servers;
    this.seed = seed;
  }

  /** All begin. */
  void begin() {
    SplittableRandom random = new SplittableRandom(seed);
    List<InetSocketAddress> all = servers.addresses();
    for (InetSocketAddress each : all) {
      hear(new RovingListener(List.of(each), hearing("at " + each.getPort()), random.nextLong()));
    }
    hear(new RovingListener(all, hearing("at any"), random.nextLong()));
    hear(new LibraryParties.Listener(servers.url(), hearing("with the library")));
    for (int i = 0; i < ROVING_SENDERS; i++) {
      send(new RovingSender("p" + i, all, ledger, random.nextLong(), PAUSE));
    }
    send(new LibraryParties.Sender("library", servers.url(), ledger, LINE_PAUSE));
    send(PlainSender.leisurely("0", all.getFirst(), ledger, random.nextLong()));
  }

  private NumberedHearing hearing(String listener) {
    NumberedHearing hearing = new NumberedHearing("the listener " + listener, ledger);
    hearings.add(hearing);
    return hearing;
  }

  private void hear(Party listener) {
    listeners.add(listener);
    start(listener);
  }

  private void send(Party sender) {
    senders.add(sender);
    senderThreads.add(start(sender));
  }

  private static Thread start(Party party) {
    return Thread.ofPlatform().daemon().start(party);
  }

  /** So many more lines are acknowledged. */
  void awaitAcknowledged(int lines) {
    int enough = ledger.acknowledged() + lines;
    awaitUntil("lines acknowledged", () -> ledger.acknowledged() > enough);
  }

  /** Lets time pass in which nothing is awaited. */
  void pass(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    awaitUntil("time to pass", () -> System.nanoTime() - end >= 0);
  }

  private void awaitUntil(String what, Callable<Boolean> condition) {
    await(what)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(2))
        .until(
            () -> {
              ledger.requireNoTrouble();
              return condition.call();
            });
  }

  /**
   * How it went.
   *
   * @param repeated records that say again what the topic had
   * @param doubled lines that some listener has heard twice
   * @param disagreed numbers that a listener takes otherwise than the log
   */
  record End(Outcome outcome, int repeated, List<String> doubled, int disagreed) {}

  /** All end; what they were told and have heard is compared with what is in the log. */
  End endAndCompare() {
    senders.forEach(Party::end);
    awaitUntil("the senders' end", () -> senderThreads.stream().noneMatch(Thread::isAlive));
    // Lines of who has gone without waiting for an answer may be kept after that.
    await("all to be heard").atMost(PATIENCE).untilAsserted(this::requireAllHeard);
    SharedLog log = SharedLog.read(cluster.brokers(), TOPIC);
    listeners.forEach(Party::end);
    int disagreed = hearings.stream().mapToInt(each -> each.disagreements(log.lines())).sum();
    List<String> doubled = ledger.heardTwice();
    assertThat(doubled).as("lines that were heard twice").isEmpty();
    assertThat(disagreed).as("numbers on which a listener and the log disagree").isZero();
    return new End(ledger.requireKept(log.lines()), log.repeated(), doubled, disagreed);
  }

  private void requireAllHeard() {
    ledger.requireNoTrouble();
    SharedLog log = SharedLog.read(cluster.brokers(), TOPIC);
    ledger.requirePlainKept(log.lines().values());
    assertThat(hearings).as("heard up to " + log.end()).allMatch(it -> it.last() >= log.end());
  }
}
