package io.linecast.acceptance.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.linecast.acceptance.BlackBox;
import io.linecast.acceptance.ServerUnderTest;
import io.linecast.acceptance.journal.FaultyDisk.Fault;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The disk that a journal is on fails under load, in one way after the other, and works again; each
 * third time the server is killed before that.
 *
 * <p>{@code -Dlinecast.kills=200 -Dlinecast.seed=…} for more, and for the same again.
 */
@BlackBox
class FailingWritesIT {

  private static final List<Fault> FAULTS = List.of(Fault.values());
  private static final int TIMES = JournalLoad.times(FAULTS.size());
  private static final int LINES_BETWEEN = 2_000;
  private static final int CALLS_BETWEEN = 40;

  @TempDir Path folder;

  private final Map<Fault, Integer> failures = new EnumMap<>(Fault.class);
  private int killed;

  @Test
  @Timeout(value = 2, unit = TimeUnit.HOURS)
  void shouldKeepWhatItHasAcknowledgedWhenTheDiskFails() throws IOException {
    Path file = folder.resolve("lines.db");
    FaultyDisk disk = FaultyDisk.assumeMade(folder, file);
    JournalLoad load = new JournalLoad(file);
    System.out.println("a journal's disk fails, seed " + load.seed());
    load.begin();
    int done = 0;
    while (done < TIMES) {
      try (ServerUnderTest server = disk.under(load.launcher()).start()) {
        boolean kills = false;
        while (!kills && done < TIMES) {
          kills = ++done % 3 == 0;
          fail(FAULTS.get(done % FAULTS.size()), disk, load);
          if (kills) {
            kill(server);
          }
          disk.mend();
        }
        if (!kills) {
          load.awaitAcknowledged(load.random().nextInt(LINES_BETWEEN));
          kill(server);
        }
      }
    }
    System.out.printf("failed %s, killed %d times: %s%n", failures, killed, compare(load));
    JournalFile.requireSound(file);
  }

  private void fail(Fault fault, FaultyDisk disk, JournalLoad load) {
    load.awaitAcknowledged(load.random().nextInt(LINES_BETWEEN));
    disk.fail(fault, load.random().nextInt(CALLS_BETWEEN));
    if (fault.isLasting()) {
      load.awaitUntil("the trouble to be told", () -> !load.isReady());
      load.awaitUntil("a line refused", load::isRefused);
    } else {
      load.awaitUntil("a call to fail", () -> disk.failed() > 0);
    }
    failures.merge(fault, 1, Integer::sum);
  }

  private void kill(ServerUnderTest server) {
    server.program().signal("KILL");
    server.program().exitCode(JournalLoad.PATIENCE);
    killed++;
  }

  /** On a disk that works; and once more after another death. */
  private String compare(JournalLoad load) throws IOException {
    String outcome;
    NavigableMap<Long, String> kept;
    try (ServerUnderTest server = load.launcher().start()) {
      outcome = load.endAndCompare();
      kept = load.keptLines();
      kill(server);
    }
    try (ServerUnderTest server = load.launcher().start()) {
      assertThat(load.keptLines()).isEqualTo(kept);
      assertThat(server.stop()).isZero();
    }
    return outcome;
  }
}
