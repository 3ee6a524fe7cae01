package io.linecast.acceptance.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.linecast.acceptance.ServerLauncher;
import io.linecast.acceptance.ServerUnderTest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;

/**
 * What goes on while servers with a journal in a file are killed, or fail: three publishers and one
 * who posts send as fast as they are acknowledged, a plain sender now and then; two listeners hear
 * every line, and a plain one what comes while it is there. All of them go on with the next server
 * on the same ports.
 *
 * <p>{@code -Dlinecast.seed} has the same things done again, if not at the same moments.
 */
final class JournalLoad {

  static final Duration PATIENCE = Duration.ofSeconds(60);

  private final long seed =
      Long.getLong("linecast.seed", ThreadLocalRandom.current().nextLong(1L << 40));
  private final SplittableRandom random = new SplittableRandom(seed);
  private final Ledger ledger = new Ledger();
  private final InetSocketAddress address =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), ServerUnderTest.freePort());
  private final URI web = URI.create("http://127.0.0.1:" + ServerUnderTest.freePort());
  private final HttpClient client = HttpClient.newHttpClient();
  private final Path file;
  private final List<Party> senders = new ArrayList<>();
  private final List<Thread> senderThreads = new ArrayList<>();
  private final List<PersistentListener> listeners = new ArrayList<>();
  private final PersistentPoster poster;

  /**
   * Nobody sends yet.
   *
   * @param file the journal's
   */
  JournalLoad(Path file) {
    this.file = file;
    poster = new PersistentPoster("h", web.resolve("/lines"), ledger);
  }

  /** How many times a test does the same, if {@code -Dlinecast.kills} does not say it. */
  static int times(int usual) {
    return Integer.getInteger("linecast.kills", usual);
  }

  long seed() {
    return seed;
  }

  /** What decides what is done next. The test's thread. */
  SplittableRandom random() {
    return random;
  }

  Ledger ledger() {
    return ledger;
  }

  InetSocketAddress address() {
    return address;
  }

  PersistentPoster poster() {
    return poster;
  }

  /** A server of the file, on the ports where all go. */
  ServerLauncher launcher() {
    return new ServerLauncher()
        .with("--port", Integer.toString(address.getPort()))
        .with("--web-port", Integer.toString(web.getPort()))
        .with("--journal", "sqlite:" + file);
  }

  /** All begin. */
  void begin() {
    begin(Duration.ZERO);
  }

  /** All begin; publishers make a pause between an answer and what they send next. */
  void begin(Duration pause) {
    for (int i = 0; i < 3; i++) {
      send(new PersistentSender("p" + i, address, ledger, seed + i, pause));
    }
    send(poster);
    send(PlainSender.leisurely("0", address, ledger, seed));
    for (int i = 0; i < 2; i++) {
      PersistentListener listener = new PersistentListener(address, ledger);
      listeners.add(listener);
      start(listener);
    }
    start(new PlainListener(address, ledger));
  }

  /** One more sends. */
  void send(Party sender) {
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

  /** A sender is told that a line could not be kept. */
  void awaitRefused() {
    long before = ledger.refused();
    awaitUntil("a line refused", () -> ledger.refused() > before);
  }

  /** Waits for something, unless it is in vain because something else has gone wrong. */
  void awaitUntil(String what, Callable<Boolean> condition) {
    await(what)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(2))
        .until(
            () -> {
              ledger.requireNoTrouble();
              return condition.call();
            });
  }

  /** Lets time pass in which nothing is awaited. */
  void pass(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    awaitUntil("time to pass", () -> System.nanoTime() - end >= 0);
  }

  /** What the web port answers. */
  HttpResponse<String> get(String path) throws IOException {
    HttpRequest request = HttpRequest.newBuilder(web.resolve(path)).timeout(PATIENCE).build();
    try {
      return client.send(request, BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Whether a server is ready for clients, as it says. */
  boolean isReady() throws IOException {
    return get("/health/ready").statusCode() == 200;
  }

  /** Whether somebody who sends now is told that the line cannot be kept. */
  boolean isRefused() throws IOException {
    try (Wire wire = new Wire(address, "listen=no")) {
      wire.say("SEND 1 probe " + random.nextLong() + "\n");
      return wire.hear().startsWith("FAIL 1 journal");
    }
  }

  /** Whether a server is there. */
  boolean isListening() {
    try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  /** How often listeners have been let in, all in all: two, if no connection has ended. */
  int listenersLetIn() {
    return listeners.stream().mapToInt(PersistentListener::connections).sum();
  }

  /**
   * All end, on a server that works; what they were told is compared with what it has.
   *
   * @return how it went, for people
   */
  String endAndCompare() throws IOException {
    senders.forEach(Party::end);
    awaitUntil("the senders' end", () -> senderThreads.stream().noneMatch(Thread::isAlive));
    NavigableMap<Long, String> kept = keptLines();
    await("all to be heard")
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              ledger.requireNoTrouble();
              assertThat(listeners)
                  .extracting(PersistentListener::heard)
                  .containsOnly((long) kept.size());
            });
    listeners.forEach(Party::end);
    return ledger.requireKept(kept);
  }

  /** All lines that a server has. */
  NavigableMap<Long, String> keptLines() throws IOException {
    NavigableMap<Long, String> kept = new TreeMap<>();
    try (Wire wire = new Wire(address, "from=1")) {
      long last = Long.parseLong(wire.answered("next")) - 1;
      while (kept.size() < last) {
        String[] words = wire.hear().split(" ", 3);
        assertThat(words[0]).as("of all lines, behind %d", kept.size()).isEqualTo("LINE");
        kept.put(Long.parseLong(words[1]), words[2]);
      }
    }
    return kept;
  }
}
