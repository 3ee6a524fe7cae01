package io.linecast.acceptance.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.linecast.acceptance.BlackBox;
import io.linecast.acceptance.Program;
import io.linecast.acceptance.ServerUnderTest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server with a journal in a file is killed without warning, again and again, under load. Each
 * third is frozen first for some time, goes on, and is killed when frozen again; and behind each
 * fourth comes one that is killed while it starts.
 *
 * <p>{@code -Dlinecast.kills=200 -Dlinecast.seed=…} for more, and for the same again.
 */
@BlackBox
class KilledJournalIT {

  private static final int KILLS = JournalLoad.times(6);
  private static final int LINES_BETWEEN = 4_000;
  private static final int FROZEN_MILLIS = 400;
  private static final int STARTING_MILLIS = 700;

  @TempDir Path folder;

  private int killed;
  private int frozen;

  @Test
  @Timeout(value = 2, unit = TimeUnit.HOURS)
  void shouldKeepWhatItHasAcknowledgedWhenItIsKilled() throws IOException {
    Path file = folder.resolve("lines.db");
    JournalLoad load = new JournalLoad(file);
    System.out.println("a journal is killed, seed " + load.seed());
    load.begin();
    while (killed < KILLS) {
      try (ServerUnderTest server = load.launcher().start()) {
        load.awaitAcknowledged(load.random().nextInt(LINES_BETWEEN));
        if (killed % 3 == 2) {
          freeze(server.program(), load);
        }
        kill(server.program());
      }
      if (killed % 4 == 3) {
        killWhileItStarts(load);
      }
    }
    try (ServerUnderTest server = load.launcher().start()) {
      String outcome = load.endAndCompare();
      System.out.printf("killed %d times, %d of them frozen: %s%n", killed, frozen, outcome);
      assertThat(server.stop()).isZero();
    }
    JournalFile.requireSound(file);
  }

  private void freeze(Program program, JournalLoad load) {
    program.signal("STOP");
    load.pass(Duration.ofMillis(load.random().nextInt(FROZEN_MILLIS)));
    program.signal("CONT");
    load.awaitAcknowledged(load.random().nextInt(LINES_BETWEEN));
    program.signal("STOP");
    load.pass(Duration.ofMillis(load.random().nextInt(FROZEN_MILLIS)));
    frozen++;
  }

  private void killWhileItStarts(JournalLoad load) {
    try (Program program = load.launcher().program()) {
      load.pass(Duration.ofMillis(load.random().nextInt(STARTING_MILLIS)));
      kill(program);
    }
  }

  private void kill(Program program) {
    program.signal("KILL");
    program.exitCode(JournalLoad.PATIENCE);
    killed++;
  }
}
