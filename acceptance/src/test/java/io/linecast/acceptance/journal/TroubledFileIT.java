package io.linecast.acceptance.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.linecast.acceptance.BlackBox;
import io.linecast.acceptance.ServerUnderTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What others do to a journal's file while it is served, under load.
 *
 * <p>{@code -Dlinecast.kills=200} has them do it 20 times.
 */
@BlackBox
@Timeout(value = 2, unit = TimeUnit.HOURS)
class TroubledFileIT {

  private static final int TIMES = JournalLoad.times(10) / 10;
  private static final int LINES_BETWEEN = 1_000;

  @TempDir Path folder;

  @Test
  void shouldWaitForAnotherProgramThatHasItLocked() throws IOException, SQLException {
    Path file = folder.resolve("lines.db");
    JournalLoad load = new JournalLoad(file);
    System.out.println("a journal is locked, seed " + load.seed());
    try (ServerUnderTest server = load.launcher().start();
        Connection other = JournalFile.connect(file)) {
      load.begin();
      JournalFile.run(other, "PRAGMA busy_timeout = 60000");
      for (int i = 0; i < TIMES; i++) {
        load.awaitAcknowledged(load.random().nextInt(LINES_BETWEEN));
        JournalFile.run(other, "BEGIN EXCLUSIVE");
        awaitTrouble(load, "another program has it locked");
        JournalFile.run(other, "COMMIT");
      }
      finish(server, load);
    }
    JournalFile.requireSound(file);
  }

  @Test
  void shouldKeepNothingWhileItIsNotInItsPlace() throws IOException {
    Path file = folder.resolve("lines.db");
    JournalLoad load = new JournalLoad(file);
    System.out.println("a journal is moved away, seed " + load.seed());
    try (ServerUnderTest server = load.launcher().start()) {
      load.begin();
      Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
      for (int i = 0; i < TIMES; i++) {
        load.awaitAcknowledged(load.random().nextInt(LINES_BETWEEN));
        List<Path> moved = move(folder, elsewhere);
        awaitTrouble(load, "has been removed");
        assertThat(file).as("what was moved away").doesNotExist();
        assertThat(move(elsewhere, folder)).hasSameSizeAs(moved);
      }
      finish(server, load);
    }
    JournalFile.requireSound(file);
  }

  /** Moves the journal's files; in the end its own. */
  private static List<Path> move(Path from, Path to) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(from)) {
      files = all.filter(it -> it.getFileName().toString().startsWith("lines.db")).toList();
    }
    for (Path each : files) {
      Files.move(each, to.resolve(each.getFileName()));
    }
    return files;
  }

  private static void awaitTrouble(JournalLoad load, String words) throws IOException {
    load.awaitUntil("the trouble to be told", () -> load.get("/api/status").body().contains(words));
    assertThat(load.isReady()).isFalse();
    load.awaitUntil("a line refused", load::isRefused);
  }

  private static void finish(ServerUnderTest server, JournalLoad load) throws IOException {
    load.awaitAcknowledged(load.random().nextInt(LINES_BETWEEN));
    System.out.println(load.endAndCompare());
    assertThat(load.listenersLetIn()).as("connections of two listeners").isEqualTo(2);
    assertThat(server.stop()).isZero();
  }
}
