package io.linecast.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linecast.core.JournalException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JournalFileTest {

  @TempDir Path folder;

  private Path file;

  @BeforeEach
  void nameFile() {
    file = folder.resolve("lines.db");
  }

  private List<String> check() {
    try (JournalFile journal = JournalFile.open(file)) {
      return journal.check(FileProgress.NONE);
    }
  }

  private void keepSome() {
    try (OpenJournal open = new OpenJournal(file)) {
      open.journal.keep(Batches.plain("a\nb\n"));
      open.journal.keep(Batches.numbered("ann", "c\nd\n", 1, 2));
      open.journal.keep(Batches.numbered("bob", "e\n", 7));
      open.journal.keep(Batches.numbered("ann", "f\n", 5));
      open.awaitLine(6);
    }
  }

  private void run(String... statements) throws SQLException {
    SqliteFile database = new SqliteFile(file, OpenJournal.BUSY_MILLIS);
    try (Connection connection = database.connect(Database.Access.WRITE)) {
      SqliteFile.run(connection, statements);
    }
  }

  private static StoredLine line(String text, long second) {
    return new StoredLine(
        0,
        Instant.ofEpochSecond(second),
        Optional.empty(),
        OptionalLong.empty(),
        Optional.empty(),
        text.getBytes(StandardCharsets.US_ASCII));
  }

  private static StoredLine numbered(String publisher, long number) {
    return new StoredLine(
        0,
        Instant.EPOCH,
        Optional.of(publisher),
        OptionalLong.of(number),
        Optional.empty(),
        new byte[0]);
  }

  @Test
  void shouldSayWhatAServerHasKept() {
    keepSome();
    try (JournalFile journal = JournalFile.open(file)) {
      ChannelSummary main = journal.channels().getFirst();
      assertThat(main.name()).isEqualTo("main");
      assertThat(main.lines()).isEqualTo(6);
      assertThat(main.bytes()).isEqualTo(12);
      assertThat(main.publishers()).isEqualTo(2);
      assertThat(main.oldest().orElseThrow()).isBeforeOrEqualTo(main.newest().orElseThrow());
      assertThat(journal.isHeld()).isFalse();
      List<String> lines = new ArrayList<>();
      journal.read("main", 2, 4, line -> lines.add(line.seq() + " " + line.publisher()));
      assertThat(lines).containsExactly("2 Optional.empty", "3 Optional[ann]", "4 Optional[ann]");
    }
    assertThat(check()).isEmpty();
  }

  @Test
  void shouldReadMoreLinesThanItTakesAtOnce() {
    int count = 25_000;
    try (OpenJournal open = new OpenJournal(file)) {
      open.keep(Batches.lines(count));
    }
    try (JournalFile journal = JournalFile.open(file)) {
      long[] next = {1};
      long lines =
          journal.read("main", 1, count, line -> assertThat(line.seq()).isEqualTo(next[0]++));
      assertThat(lines).isEqualTo(count);
    }
  }

  @Test
  void shouldReadAndCheckWhileAServerWrites() {
    try (OpenJournal open = new OpenJournal(file)) {
      open.keep("a\nb\n");
      try (JournalFile journal = JournalFile.open(file)) {
        assertThat(journal.isHeld()).isTrue();
        open.keep("c\n");
        assertThat(journal.channels().getFirst().last()).isEqualTo(3);
        assertThat(journal.check(FileProgress.NONE)).isEmpty();
        open.keep("d\n");
        assertThat(journal.channels().getFirst().last()).isEqualTo(4);
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "DELETE FROM lines WHERE seq = 2 | line 2 is missing",
        "DELETE FROM lines WHERE seq IN (2, 3) | lines 2 to 3 are missing",
        "DELETE FROM lines WHERE seq = 1 | line 1 is missing",
        "DELETE FROM lines WHERE seq = 6 | line 6 is missing, up to the last",
        "UPDATE channels SET first = 2 | line 1 is there, before the first",
        "UPDATE channels SET last = 5 | tells of 5 as the last line, and there is 6",
        "UPDATE channels SET bytes = 1 | tells of 1 bytes, its lines have 12",
        "UPDATE channels SET time = 1 | earlier time than its newest line's",
        "UPDATE lines SET time = 1 WHERE seq = 3 | line 3 is of an earlier time",
        "UPDATE lines SET line = x'610A62' WHERE seq = 3 | line 3 has a line feed in it",
        "UPDATE lines SET number = 2 WHERE seq = 6 | number 5 of publisher ann is said to be line 6",
        "UPDATE lines SET publisher = 'eve' WHERE seq = 5 | number 7 of publisher bob is said",
        "DELETE FROM sent WHERE number = 5 | ann is known up to line 4, and line 6 is its",
        "INSERT INTO sent VALUES ('main', 'ann', 2, 4, 1) | ann is said to have sent number 2 twice",
        "UPDATE sent SET line = 9 WHERE publisher = 'bob' | line 9, which never was",
        "UPDATE channels SET name = 'other' | channel main, which is not among the channels",
      })
  void shouldTellWhatIsWrong(String statement, String words) throws SQLException {
    keepSome();
    run(statement);
    assertThat(check()).anySatisfy(fault -> assertThat(fault).contains(words));
  }

  @Test
  void shouldTellOfManyFaultsOnlyTheFirst() throws SQLException {
    keepSome();
    run("UPDATE lines SET line = x'0A'");
    run(
        "WITH RECURSIVE n(i) AS (VALUES (7) UNION ALL SELECT i + 1 FROM n WHERE i < 60)"
            + " INSERT INTO lines SELECT 'main', i, 0, NULL, NULL, NULL, x'0A' FROM n");
    assertThat(check()).hasSizeBetween(20, 21).last().asString().contains("more");
  }

  @Test
  void shouldAppendBehindWhatIsThere() {
    keepSome();
    try (JournalAppender appender = JournalAppender.open(file, "main")) {
      assertThat(appender.firstLine()).isEqualTo(7);
      appender.add(line("x", 0)); // before the lines that are there
      appender.add(numbered("ann", 6));
      appender.commit();
      assertThat(appender.committedLast()).isEqualTo(8);
      appender.add(line("never committed", 0));
    }
    assertThat(check()).isEmpty();
    try (OpenJournal open = new OpenJournal(file)) {
      assertThat(open.journal.lastLine()).isEqualTo(8);
      assertThat(open.journal.sent())
          .anySatisfy(sent -> assertThat(sent.number() + sent.count() - 1).isEqualTo(6));
    }
  }

  @Test
  void shouldRefuseANumberThatAPublisherHasUsed() {
    keepSome();
    try (JournalAppender appender = JournalAppender.open(file, "main")) {
      assertThatThrownBy(() -> appender.add(numbered("ann", 5)))
          .hasMessageContaining("ann has sent number 5 before");
      appender.add(numbered("ann", 6));
      assertThatThrownBy(() -> appender.add(numbered("ann", 6)))
          .hasMessageContaining("ann has sent number 6 before");
      appender.commit();
      assertThat(appender.committedLast()).isEqualTo(7);
    }
    assertThat(check()).isEmpty();
  }

  @Test
  void shouldAppendNothingToAFileThatAServerHasOpen() {
    try (OpenJournal _ = new OpenJournal(file)) {
      assertThatThrownBy(() -> JournalAppender.open(file, "main"))
          .isInstanceOf(JournalException.class)
          .hasMessageContaining("another server's");
    }
  }

  @Test
  void shouldOpenNoDatabaseOfSomethingElse() throws SQLException {
    run("CREATE TABLE cats(name TEXT)");
    assertThatThrownBy(() -> JournalFile.open(file))
        .isInstanceOf(JournalException.class)
        .hasMessageContaining("a database of something else");
    assertThatThrownBy(() -> JournalAppender.open(file, "main"))
        .hasMessageContaining("a database of something else");
  }

  @Test
  void shouldLeaveAnotherProgramsLogAsAKillLeftIt() throws SQLException, IOException {
    Path other = folder.resolve("cats.db");
    Path log = folder.resolve("cats.db-wal");
    try (Connection open = new SqliteFile(other, 100).connect(Database.Access.WRITE)) {
      SqliteFile.run(open, "PRAGMA journal_mode = WAL", "CREATE TABLE cats(name TEXT)");
      Files.copy(other, file);
      Files.copy(log, folder.resolve("lines.db-wal"));
    }
    byte[] before = Files.readAllBytes(file);
    byte[] logBefore = Files.readAllBytes(folder.resolve("lines.db-wal"));
    assertThatThrownBy(() -> JournalAppender.open(file, "main"))
        .hasMessageContaining("a database of something else");
    assertThatThrownBy(() -> SqliteJournals.open(file, Keeping.ALL))
        .hasMessageContaining("a database of something else");
    assertThat(file).hasBinaryContent(before);
    assertThat(folder.resolve("lines.db-wal")).hasBinaryContent(logBefore);
  }
}
