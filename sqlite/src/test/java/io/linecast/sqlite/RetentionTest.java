package io.linecast.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.linecast.core.Journal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Lines that are let go: too many, too large, too old. */
class RetentionTest {

  private static final long MINUTE_MILLIS = 60_000;

  @TempDir Path folder;

  private final OpenJournal.Clock clock = new OpenJournal.Clock();
  private Path file;

  @BeforeEach
  void nameFile() {
    file = folder.resolve("lines.db");
  }

  private OpenJournal open(long ageMillis, long lines, long bytes) {
    return new OpenJournal(file, clock.time, new Keeping(ageMillis, lines, bytes));
  }

  @Test
  void shouldKeepSoManyLines() throws Exception {
    try (OpenJournal open = open(0, 5, 0)) {
      open.keep(numbers(1, 20));
      awaitOldest(open, 16);
      assertThat(open.read(1, 20)).isEqualTo("16+5 " + numbers(16, 20));
      open.keep(numbers(21, 23));
      awaitOldest(open, 19);
      awaitKeptLines("main", 5);
      assertThat(open.journal.state().commits()).as("removing keeps no lines").isEqualTo(2);
    }
  }

  @Test
  void shouldKeepSoManyBytes() throws Exception {
    try (OpenJournal open = open(0, 0, 10)) {
      open.keep("1\n22\n333\n4444\n");
      awaitOldest(open, 3);
      assertThat(open.read(1, 9)).isEqualTo("3+2 333\n4444\n");
      open.keep("x".repeat(20) + "\n");
      awaitOldest(open, Long.MAX_VALUE);
      open.keep("6\n");
      assertThat(open.read(1, 9)).isEqualTo("6+1 6\n");
    }
  }

  @Test
  void shouldKeepLinesForSoLongAlsoWhereNothingComes() throws Exception {
    try (OpenJournal open = open(MINUTE_MILLIS, 0, 0)) {
      open.keep("a\nb\n");
      clock.pass(40);
      open.keep("c\n");
      clock.pass(20);
      assertThat(open.read(1, 9)).startsWith("1+3 ");
      clock.pass(1);
      awaitOldest(open, 3);
      clock.pass(40);
      awaitOldest(open, Long.MAX_VALUE);
      awaitKeptLines("main", 0);
    }
  }

  @Test
  void shouldKeepWhatAllBoundsAllow() throws Exception {
    try (OpenJournal open = open(MINUTE_MILLIS, 10, 30)) {
      open.keep("a\n".repeat(12));
      awaitOldest(open, 3);
      open.keep("bbbbbbbbbbbbbbbbbbb\n"); // 20 bytes
      awaitOldest(open, 8);
      assertThat(open.read(1, 99)).isEqualTo("8+6 " + "a\n".repeat(5) + "bbbbbbbbbbbbbbbbbbb\n");
      clock.pass(61);
      awaitOldest(open, Long.MAX_VALUE);
    }
  }

  @Test
  void shouldGoOnWithNumbersWhenNoLineIsLeft() throws Exception {
    String epoch;
    try (OpenJournal open = open(MINUTE_MILLIS, 0, 0)) {
      open.keep(numbers(1, 7));
      epoch = open.journal.epoch();
      clock.pass(61);
      awaitKeptLines("main", 0);
    }
    try (OpenJournal open = open(MINUTE_MILLIS, 0, 0)) {
      assertThat(open.journal.lastLine()).isEqualTo(7);
      assertThat(open.journal.epoch()).isEqualTo(epoch);
      assertThat(open.journal.history().oldest()).isEqualTo(Long.MAX_VALUE);
      open.keep("8\n");
      assertThat(open.read(1, 99)).isEqualTo("8+1 8\n");
    }
  }

  @Test
  void shouldLetGoAtTheStartBeforeAnythingIsRead() throws Exception {
    try (OpenJournal open = open(0, 0, 0)) {
      open.keep(numbers(1, 10));
      clock.pass(50);
      open.keep(numbers(11, 20));
    }
    clock.pass(20);
    try (SqliteJournals journals = reopen(new Keeping(MINUTE_MILLIS, 0, 0));
        Journal main = journals.of("main")) {
      assertThat(main.history().oldest()).isEqualTo(11);
    }
    try (SqliteJournals journals = reopen(new Keeping(MINUTE_MILLIS, 4, 0));
        Journal main = journals.of("main")) {
      assertThat(main.history().oldest()).isEqualTo(17);
      assertThat(keptLines("main")).as("not before it is open").isEqualTo(20);
    }
    try (OpenJournal open = open(0, 4, 0)) {
      awaitKeptLines("main", 4);
      assertThat(open.read(1, 99)).isEqualTo("17+4 " + numbers(17, 20));
    }
  }

  private SqliteJournals reopen(Keeping keeping) {
    return SqliteJournals.open(file, new SqliteFile(file, 100), clock.time, keeping);
  }

  @Test
  void shouldKnowWhatPublishersHaveSentWhenTheLinesHaveGone() throws Exception {
    try (OpenJournal open = open(0, 1, 0)) {
      open.journal.keep(Batches.numbered("ann", "a\nb\nc\n", 1, 2, 3));
      awaitOldest(open, 3);
      awaitKeptLines("main", 1);
    }
    try (OpenJournal open = open(0, 1, 0)) {
      assertThat(open.journal.sent()).containsExactly(new Journal.Sent("ann", 1, 1, 3));
    }
  }

  @Test
  void shouldLeaveChannelsAloneThatAreNotServed() throws Exception {
    try (OpenJournal open = open(0, 0, 0);
        Journal other = open.journals.of("other")) {
      Told told = new Told();
      other.open(told);
      other.keep(Batches.plain(numbers(1, 20)));
      await().until(() -> told.lastLine == 20);
    }
    try (OpenJournal open = open(0, 5, 0)) {
      open.keep(numbers(1, 20));
      awaitOldest(open, 16);
      assertThat(keptLines("other")).isEqualTo(20);
    }
  }

  @Test
  void shouldNotRemoveAllAtOnceBecauseTheClockIsAhead() throws Exception {
    try (OpenJournal open = open(MINUTE_MILLIS, 0, 0)) {
      open.keep("a\n");
    }
    clock.set(2_000_000);
    try (OpenJournal open = open(MINUTE_MILLIS, 0, 0)) {
      assertThat(open.journal.history().oldest()).isEqualTo(1);
      open.keep("b\n");
      clock.pass(59);
      open.keep("c\n");
      assertThat(open.read(1, 9)).startsWith("1+3 ");
      clock.pass(1);
      awaitOldest(open, 2);
    }
  }

  @Test
  void shouldGoOnKeepingWhereOldLinesCannotBeRemoved() throws Exception {
    FaultyDatabase database = new FaultyDatabase(file);
    try (OpenJournal open =
        new OpenJournal(file, database, clock.time, new Keeping(MINUTE_MILLIS, 0, 0))) {
      open.keep("a\n");
      int before = database.commits.get();
      database.onNextCommit(
          _ -> {
            throw new SQLiteException("on purpose", SQLiteErrorCode.SQLITE_BUSY);
          });
      clock.pass(61);
      await().until(() -> database.commits.get() > before);
      open.keep("b\n");
      assertThat(keptLines("main")).isEqualTo(2);
      assertThat(open.read(1, 9)).as("it would have gone").isEqualTo("2+1 b\n");
      assertThat(open.told.changes).as("is no trouble").hasValue(0);
      clock.pass(60);
      awaitKeptLines("main", 1);
    }
  }

  @Test
  void shouldLeaveToReadersWhatIsNotRemovedBeforeACommit() throws Exception {
    try (OpenJournal open = open(0, 0, 0)) {
      open.keep(numbers(1, 20));
      try (Connection other = new SqliteFile(file, 100).connect(Database.Access.WRITE)) {
        SqliteFile.run(
            other,
            "CREATE TRIGGER stay BEFORE DELETE ON lines"
                + " BEGIN SELECT RAISE(ABORT, 'on purpose'); END");
      }
      Retention retention =
          new Retention(
              new Keeping(0, 5, 0),
              new AgeLimit(0, clock.time, 0),
              clock.time,
              List.of((SqliteJournal) open.journal));
      try (WriteSession session = WriteSession.open(new SqliteFile(file, 100))) {
        assertThatThrownBy(() -> retention.removeSome(session))
            .isInstanceOf(SQLException.class)
            .hasMessageContaining("on purpose");
      }
      assertThat(open.read(1, 20)).isEqualTo("1+20 " + numbers(1, 20));
    }
  }

  private static String numbers(long from, long to) {
    StringBuilder lines = new StringBuilder();
    for (long line = from; line <= to; line++) {
      lines.append(line).append('\n');
    }
    return lines.toString();
  }

  private static void awaitOldest(OpenJournal open, long line) {
    await("oldest " + line).until(() -> open.journal.history().oldest() == line);
  }

  private void awaitKeptLines(String channel, long count) {
    await(count + " lines").until(() -> keptLines(channel) == count);
  }

  private long keptLines(String channel) throws SQLException {
    try (Connection connection = new SqliteFile(file, 100).connect(Database.Access.READ)) {
      return Schema.number(
          connection, "SELECT count(*) FROM lines WHERE channel = '" + channel + "'");
    }
  }
}
