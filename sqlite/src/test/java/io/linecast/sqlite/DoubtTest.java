package io.linecast.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commits of which it is not known whether the file has what was written. */
class DoubtTest {

  @TempDir Path folder;

  private Path file;
  private FaultyDatabase database;
  private OpenJournal open;

  @BeforeEach
  void openFile() {
    file = folder.resolve("lines.db");
    database = new FaultyDatabase(file);
    open = new OpenJournal(file, database);
    open.keep("before\n");
  }

  @AfterEach
  void close() {
    open.close();
  }

  private static void commitAndFail(Connection connection) throws SQLException {
    connection.commit();
    throw FaultyDatabase.noFsync();
  }

  private static void fail(Connection connection) throws SQLException {
    throw FaultyDatabase.noFsync();
  }

  @Test
  void shouldHandBackWhatIsFoundOnceTheLogIsOnTheDisk() throws IOException {
    database.onNextCommit(DoubtTest::commitAndFail);
    open.journal.keep(Batches.answered("ann", "a\n"));
    open.awaitLine(2);
    assertThat(Files.size(log())).as("copied out of the log").isZero();
    assertThat(open.told.failed).isEmpty();
    open.keep("after\n");
    assertThat(open.told.kept).containsExactly("1 before\n", "2 a\n", "3 after\n");
  }

  @Test
  void shouldNotHandBackWhatIsFoundBeforeTheLogIsOnTheDisk() throws SQLException {
    try (Connection reader = new SqliteFile(file, 100).connect(Database.Access.READ);
        Statement statement = reader.createStatement()) {
      reader.setAutoCommit(false);
      statement.executeQuery("SELECT count(*) FROM lines").next(); // keeps the log from ending
      database.onNextCommit(DoubtTest::commitAndFail);
      open.journal.keep(Batches.answered("ann", "a\n"));
      int before = database.commits.get();
      await("another look")
          .atMost(OpenJournal.PATIENCE)
          .until(() -> database.commits.get() > before + 2);
      assertThat(open.journal.isWorking()).isFalse();
      assertThat(open.told.kept).containsExactly("1 before\n");
      assertThat(open.told.failed).isEmpty();
    }
    open.awaitLine(2);
    assertThat(open.told.kept).containsExactly("1 before\n", "2 a\n");
    assertThat(open.told.failed).isEmpty();
    await().atMost(OpenJournal.PATIENCE).until(open.journal::isWorking);
  }

  @Test
  void shouldGiveUpWhatIsNotFoundOnlyOnceSomethingElseIsInItsPlace() throws IOException {
    database.onCommit(DoubtTest::fail);
    open.journal.keep(Batches.answered("ann", "a\n"));
    int before = database.commits.get();
    await("another look")
        .atMost(OpenJournal.PATIENCE)
        .until(() -> database.commits.get() > before + 2);
    assertThat(open.told.failed).isEmpty();
    assertThat(open.journal.isWorking()).isFalse();

    database.onCommit(Connection::commit);
    await().atMost(OpenJournal.PATIENCE).until(() -> !open.told.failed.isEmpty());
    assertThat(open.told.failed).containsExactly("ann");
    await().atMost(OpenJournal.PATIENCE).until(open.journal::isWorking);
    open.keep("after\n");
    assertThat(open.told.kept).containsExactly("1 before\n", "2 after\n");
    assertThat(open.read(1, 9)).isEqualTo("1+2 before\nafter\n");
  }

  @Test
  void shouldKeepWhatNobodyIsToldOfHoweverLongItTakes() {
    database.onCommit(DoubtTest::fail);
    open.journal.keep(Batches.plain("a\n"));
    open.journal.keep(Batches.answered("ann", "b\n"));
    int before = database.commits.get();
    await("another look")
        .atMost(OpenJournal.PATIENCE)
        .until(() -> database.commits.get() > before + 2);
    database.onCommit(Connection::commit);
    open.awaitLine(2);
    assertThat(open.told.kept).startsWith("1 before\n", "2 a\n");
    assertThat(open.told.failed).containsExactly("ann");
  }

  @Test
  void shouldWriteToTheLogWhenItProbes() throws Exception {
    SqliteJournal journal = (SqliteJournal) open.journal;
    try (WriteSession session = WriteSession.open(database)) {
      long before = Files.size(log());
      session.probe(journal);
      assertThat(Files.size(log())).isGreaterThan(before);
      assertThat(session.has(Map.of(journal, journal.row()))).isTrue();
    }
  }

  private Path log() {
    return folder.resolve("lines.db-wal");
  }
}
