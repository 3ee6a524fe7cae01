package io.linecast.acceptance.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.linecast.acceptance.ServerUnderTest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server with a journal in a file is killed without warning, again and again, while three
 * publishers send as fast as they are acknowledged and two listeners hear.
 *
 * <p>{@code -Dlinecast.kills=200 -Dlinecast.seed=…} for more, and for the same again.
 */
class KilledJournalIT {

  private static final int KILLS = Integer.getInteger("linecast.kills", 8);
  private static final int LINES_BETWEEN = 4_000;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final long seed =
      Long.getLong("linecast.seed", ThreadLocalRandom.current().nextLong(1L << 40));
  private final SplittableRandom random = new SplittableRandom(seed);
  private final Ledger ledger = new Ledger();
  private final int port = ServerUnderTest.freePort();
  private final InetSocketAddress address =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  private final List<Thread> threads = new ArrayList<>();

  @TempDir Path folder;

  @Test
  void shouldKeepWhatItHasAcknowledgedWhenItIsKilled() throws Exception {
    List<PersistentSender> senders = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      senders.add(new PersistentSender("p" + i, address, ledger, seed + i));
    }
    List<PersistentListener> listeners =
        List.of(new PersistentListener(address, ledger), new PersistentListener(address, ledger));
    senders.forEach(this::run);
    listeners.forEach(this::run);
    for (int i = 0; i < KILLS; i++) {
      try (ServerUnderTest server = start()) {
        int enough = ledger.acknowledged() + random.nextInt(LINES_BETWEEN);
        awaitUntil("lines acknowledged", () -> ledger.acknowledged() > enough);
        server.program().signal("KILL");
        server.program().exitCode(PATIENCE);
      }
    }
    try (ServerUnderTest server = start()) {
      senders.forEach(PersistentSender::end);
      awaitUntil(
          "the senders' end", () -> threads.subList(0, 3).stream().noneMatch(Thread::isAlive));
      NavigableMap<Long, String> kept = keptLines();
      awaitUntil(
          "all to be heard", () -> listeners.stream().allMatch(it -> it.heard() == kept.size()));
      listeners.forEach(PersistentListener::end);
      String outcome = ledger.requireKept(kept);
      System.out.printf("journal killed %d times, seed %d: %s%n", KILLS, seed, outcome);
      assertThat(server.stop()).isZero();
    }
  }

  private void run(Runnable party) {
    threads.add(Thread.ofPlatform().daemon().start(party));
  }

  private static void awaitUntil(String what, Callable<Boolean> condition) {
    await(what).atMost(PATIENCE).pollInterval(Duration.ofMillis(2)).until(condition);
  }

  private ServerUnderTest start() {
    String file = folder.resolve("lines.db").toString();
    return ServerUnderTest.start("--port", String.valueOf(port), "--journal", "sqlite:" + file);
  }

  private NavigableMap<Long, String> keptLines() throws IOException {
    NavigableMap<Long, String> kept = new TreeMap<>();
    try (Wire wire = new Wire(address, "from=1")) {
      long last = Long.parseLong(wire.answered("next")) - 1;
      while (kept.size() < last) {
        String[] words = wire.hear().split(" ", 3);
        kept.put(Long.parseLong(words[1]), words[2]);
      }
    }
    return kept;
  }
}
