package io.linecast.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.linecast.core.Counter;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Runs the engine in thousands of small random worlds, each drawn from its seed and the same every
 * time: loops that are interrupted anywhere, clients that read slowly, in bursts or never, that
 * freeze, finish, or are gone, senders that cut their lines anywhere, and all policies; and people
 * who want every line acknowledged, come back over a new connection while the old one is not dead,
 * and repeat what they know no answer to. In each, every byte that anybody receives is compared
 * with what was accepted, every account with what really happened, and every answer with who really
 * has the line.
 *
 * <p>A failure names its seed and prints the last events. To see it again:
 *
 * <pre>mvn -o test -pl core -am -Dtest=SimulationTest -Dlinecast.seed=N \
 *     -Dsurefire.failIfNoSpecifiedTests=false</pre>
 *
 * <p>More of its log: {@code -Dlinecast.events=100000}. To look further than a build does: {@code
 * -Dlinecast.seeds=100000}.
 */
class SimulationTest {

  private static final int DEFAULT_SEEDS = 4_000;

  /** From so many on, everything that can happen must have happened. */
  private static final int ENOUGH_SEEDS = 1_000;

  /** Counted where connections are read, not here. */
  private static final Set<Counter> NOT_OURS =
      EnumSet.of(Counter.TOO_LONG_LINES, Counter.JOURNAL_WAITS);

  /** Held, or it would be forgotten with its level. */
  private static final Logger READERS = Logger.getLogger("io.linecast.core.Shelf");

  /** The simulated disk fails all the time. */
  @BeforeAll
  static void silenceReaders() {
    READERS.setLevel(Level.OFF);
  }

  @AfterAll
  static void letReadersSpeak() {
    READERS.setLevel(null);
  }

  @Test
  void shouldKeepEveryPromiseInEveryWorld() {
    Long only = Long.getLong("linecast.seed");
    long first = only == null ? 1 : only;
    long count = only == null ? Long.getLong("linecast.seeds", DEFAULT_SEEDS) : 1;
    Tally seen = new Tally();
    long startNanos = System.nanoTime();
    for (long seed = first; seed < first + count; seed++) {
      run(seed, seen);
    }
    double seconds = (System.nanoTime() - startNanos) / 1e9;
    System.out.printf(
        Locale.ROOT,
        "simulation: %,d seeds in %.1f s, %,.0f seeds/s; %s; %s%n",
        count,
        seconds,
        count / seconds,
        seen.counters(),
        seen.occasions());

    seen.counters().keySet().removeAll(NOT_OURS);
    if (count >= ENOUGH_SEEDS) {
      assertThat(seen.counters()).allSatisfy((counter, times) -> assertThat(times).isPositive());
      assertThat(seen.occasions()).allSatisfy((occasion, times) -> assertThat(times).isPositive());
    }
  }

  @Test
  void shouldBeTheSameEveryTimeASeedIsRun() {
    World once = new World(1, true);
    once.run();
    World again = new World(1, true);
    again.run();

    assertThat(again.lastEvents()).isEqualTo(once.lastEvents()).isNotEmpty();
  }

  private static void run(long seed, Tally seen) {
    try {
      World world = new World(seed, false);
      world.run();
      world.tally(seen);
    } catch (Throwable failure) {
      throw new AssertionError(report(seed, failure), failure);
    }
  }

  /** Runs the seed once more, with a log. */
  private static String report(long seed, Throwable failure) {
    World world = new World(seed, true);
    try {
      world.run();
    } catch (Throwable again) {
      // The log ends where it was thrown.
    }
    return "%s%nseed %d, to be run again with -Dlinecast.seed=%d; the last events:%n%s"
        .formatted(failure, seed, seed, world.lastEvents());
  }
}
