package io.linecast.acceptance.ack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.linecast.acceptance.BlackBox;
import io.linecast.acceptance.ServerUnderTest;
import io.linecast.acceptance.ack.Event.Line;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A client publishes and listens while its connections die at chosen bytes of hello, answer, send
 * and resume: it and the server have to agree on every line. {@code -Dlinecast.kills=N} has more of
 * them die, {@code -Dlinecast.seed=N} has them die where they did in one run of an earlier test.
 */
@BlackBox
class FaultIT {
  private static final int KILLS = Integer.getInteger("linecast.kills", 600);
  private static final int KILLS_A_RUN = 30;
  private static final int RUNS_AT_ONCE = 4;
  private static final int WINDOW_LINES = 20;
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** The clients that are put to the test. */
  enum Kind {
    /** The least that a client has to do. */
    RESUMING {
      @Override
      Survivor start(InetSocketAddress address, Run run) {
        return new ResumingClient(address, run.name(), run.from(), run.epoch(), run.seed());
      }
    },

    /** The one that people use. */
    LINECAST_CLIENT {
      @Override
      Survivor start(InetSocketAddress address, Run run) {
        return new JavaClient(address, run.name(), run.from(), run.epoch());
      }
    };

    abstract Survivor start(InetSocketAddress address, Run run);
  }

  /** One client's life, beginning to hear with a line that is there already. */
  record Run(long seed, String name, long from, String epoch) {}

  /** What a run's client believes. */
  private record Account(Run run, int struck, Map<String, Long> sent, List<Line> heard) {}

  @ParameterizedTest
  @EnumSource
  @Timeout(value = 2, unit = TimeUnit.HOURS)
  void shouldAgreeOnEveryLineWhereverConnectionsDie(Kind kind, TestReporter reporter)
      throws Exception {
    List<Long> seeds = seeds();
    try (ServerUnderTest server = ServerUnderTest.usual();
        Clients clients = new Clients(server);
        Witness witness = new Witness(clients);
        ExecutorService runs = Executors.newFixedThreadPool(RUNS_AT_ONCE)) {
      List<Future<Account>> accounts = new ArrayList<>();
      for (long seed : seeds) {
        accounts.add(runs.submit(() -> run(kind, server, witness, seed)));
      }
      int struck = 0;
      List<Account> given = new ArrayList<>();
      for (Future<Account> account : accounts) {
        given.add(account.get());
        struck += given.getLast().struck();
      }
      List<Line> relayed = witness.end();
      given.forEach(account -> judge(account, relayed));
      reporter.publishEntry(
          "connections that died", "%d, of %d clients (%s)".formatted(struck, seeds.size(), kind));
      assertThat(struck).isGreaterThan(seeds.size() * KILLS_A_RUN / 2);
    }
  }

  private static List<Long> seeds() {
    Long given = Long.getLong("linecast.seed");
    if (given != null) {
      return List.of(given);
    }
    long first = System.nanoTime();
    List<Long> seeds = new ArrayList<>();
    for (int kills = 0; kills < KILLS; kills += KILLS_A_RUN) {
      seeds.add(first + seeds.size());
    }
    return seeds;
  }

  private static Account run(Kind kind, ServerUnderTest server, Witness witness, long seed) {
    String name = "s" + Long.toHexString(seed) + "-" + kind.name();
    Run run = new Run(seed, name, witness.latest(), witness.epoch());
    Map<String, CompletableFuture<Long>> sent = new LinkedHashMap<>();
    try (FaultyProxy proxy = FaultyProxy.start(server.address(), Fault.plan(seed, KILLS_A_RUN));
        Survivor client = kind.start(proxy.address(), run)) {
      Semaphore window = new Semaphore(WINDOW_LINES);
      for (int i = 1; !proxy.isPlanOver() || i <= WINDOW_LINES; i++) {
        assertThat(window.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS))
            .as("seed %d: an answer in time; troubles: %s", seed, client.troubles())
            .isTrue();
        String text = name + ":" + i;
        CompletableFuture<Long> seq = client.send(text);
        sent.put(text, seq);
        seq.whenComplete((number, failure) -> window.release());
      }
      return account(client, run, proxy, sent);
    } catch (IOException e) {
      throw new UncheckedIOException("seed " + seed, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("seed " + seed, e);
    }
  }

  private static Account account(
      Survivor client, Run run, FaultyProxy proxy, Map<String, CompletableFuture<Long>> sent) {
    Map<String, Long> numbers = new LinkedHashMap<>();
    sent.forEach(
        (text, seq) ->
            numbers.put(text, seq.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join()));
    long last = numbers.values().stream().mapToLong(Long::longValue).max().orElseThrow();
    await("seed " + run.seed() + ": a line after its last, or a trouble")
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(10))
        .until(() -> client.lastHeard() > last || !client.troubles().isEmpty());
    assertThat(client.troubles()).as("seed %d: troubles", run.seed()).isEmpty();
    return new Account(run, proxy.struck(), numbers, client.heard());
  }

  /** Compares what a client believes with what the witnesses heard. */
  private static List<Line> without(List<Line> lines, List<Line> those) {
    Set<Line> known = new HashSet<>(those);
    return lines.stream().filter(line -> !known.contains(line)).toList();
  }

  private static void judge(Account account, List<Line> relayed) {
    Run run = account.run();
    String own = run.name() + ":";
    List<Line> lines = relayed.stream().filter(line -> line.text().startsWith(own)).toList();
    assertThat(lines)
        .as("seed %d: lines relayed, each once and in order", run.seed())
        .extracting(Line::text)
        .containsExactlyElementsOf(account.sent().keySet());
    assertThat(lines)
        .as("seed %d: their numbers", run.seed())
        .extracting(Line::seq)
        .containsExactlyElementsOf(account.sent().values());
    long last = account.heard().getLast().seq();
    List<Line> others =
        relayed.stream()
            .filter(line -> line.seq() >= run.from() && line.seq() <= last)
            .filter(line -> !line.text().startsWith(own))
            .toList();
    String heard = "seed " + run.seed() + ": lines heard";
    assertThat(account.heard()).as("%s, each once", heard).doesNotHaveDuplicates();
    assertThat(without(others, account.heard())).as("%s: those missed", heard).isEmpty();
    assertThat(without(account.heard(), others)).as("%s: those nobody sent", heard).isEmpty();
    assertThat(account.heard()).as("%s, in order", heard).isEqualTo(others);
  }
}
