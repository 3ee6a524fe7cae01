package io.linecast.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.linecast.core.Journal;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the thread that writes ends. */
class WriterEndTest {

  @TempDir Path folder;

  private FaultyDatabase database;
  private OpenJournal open;
  private final CountDownLatch committing = new CountDownLatch(1);
  private final CountDownLatch goOn = new CountDownLatch(1);

  @BeforeEach
  void openFile() {
    Path file = folder.resolve("lines.db");
    database = new FaultyDatabase(file);
    open = new OpenJournal(file, database);
    open.keep("before\n");
  }

  private void holdNextCommit(FaultyDatabase.Commit then) throws InterruptedException {
    database.onNextCommit(
        connection -> {
          committing.countDown();
          await().until(() -> goOn.getCount() == 0);
          then.run(connection);
        });
    open.journal.keep(Batches.answered("first", "a\n"));
    committing.await();
  }

  @Test
  void shouldKeepWhatComesWhileItEnds() throws Exception {
    holdNextCommit(Connection::commit);
    Thread closing = Thread.ofPlatform().start(open.journals::close);
    await().until(() -> closing.getState() == Thread.State.WAITING);
    open.journal.keep(Batches.plain("late\n"));
    goOn.countDown();
    Threads.awaitEnd(closing);
    open.journal.close();
    assertThat(open.told.kept).containsExactly("1 before\n", "2 a\n", "3 late\n");

    open.journal.keep(Batches.answered("too late", "b\n"));
    try (OpenJournal again = new OpenJournal(folder.resolve("lines.db"))) {
      assertThat(again.journal.lastLine()).isEqualTo(3);
    }
  }

  @Test
  void shouldTellWhoeverCanBeToldWhenItEndsByAFault() throws Exception {
    holdNextCommit(
        _ -> {
          throw new IllegalStateException("on purpose");
        });
    open.journal.keep(Batches.answered("second", "b\n"));
    open.journal.keep(Batches.plain("c\n"));
    goOn.countDown();
    await().until(() -> !open.told.failed.isEmpty());
    assertThat(open.journal.isWorking()).isFalse();
    assertThat(open.journal.state().trouble().orElseThrow()).contains("fault");

    open.journal.keep(Batches.answered("third", "d\n"));
    open.journal.keep(Batches.plain("e\n"));
    await().until(() -> open.told.failed.size() == 2);
    assertThat(open.told.failed).as("the first may be kept").containsExactly("second", "third");
    open.close();
    assertThat(open.told.kept).containsExactly("1 before\n");
  }

  @Test
  void shouldEndInTrouble() {
    database.onCommit(
        _ -> {
          throw FaultyDatabase.noFsync();
        });
    Journal journal = open.journal;
    journal.keep(Batches.plain("a\n"));
    await().until(() -> !journal.isWorking());
    open.close();
    assertThat(open.told.kept).containsExactly("1 before\n");
  }
}
