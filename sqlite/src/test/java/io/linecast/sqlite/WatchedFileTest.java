package io.linecast.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A journal whose files do not stay where they are. */
class WatchedFileTest {

  @TempDir Path folder;

  private Path file;
  private OpenJournal open;

  @BeforeEach
  void openFile() {
    file = folder.resolve("lines.db");
    open = new OpenJournal(file);
    open.keep("before\n");
  }

  @AfterEach
  void close() {
    open.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"lines.db", "lines.db-wal"})
  void shouldKeepNothingUntilItIsBack(String name) throws IOException {
    Path moved = folder.resolve("moved");
    Files.move(folder.resolve(name), moved);
    open.journal.keep(Batches.answered("ann", "a\n"));
    open.journal.keep(Batches.plain("b\n"));
    await().until(() -> !open.told.failed.isEmpty());
    assertThat(open.told.failed).containsExactly("ann");
    assertThat(open.journal.state().trouble().orElseThrow()).contains("removed or replaced");
    assertThat(folder.resolve(name)).doesNotExist();

    Files.move(moved, folder.resolve(name));
    open.awaitLine(2);
    assertThat(open.told.kept).containsExactly("1 before\n", "2 b\n");
    await().until(open.journal::isWorking);
  }

  @Test
  void shouldNoticeWithoutALine() throws IOException {
    Files.delete(file);
    await().until(() -> !open.journal.isWorking());
    assertThat(file).doesNotExist();
  }

  @Test
  void shouldNotOpenAnotherInItsPlace() throws IOException, SQLException {
    WatchedFile watched = new WatchedFile(new SqliteFile(file, OpenJournal.BUSY_MILLIS), file);
    watched.connect(Database.Access.READ).close();
    Files.move(file, folder.resolve("moved"));
    Files.createFile(file);
    assertThatThrownBy(() -> watched.connect(Database.Access.READ))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("moved");
  }
}
