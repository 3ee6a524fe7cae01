package io.linecast.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.linecast.core.Batch;
import io.linecast.core.Journal;
import io.linecast.core.JournalException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteJournalTest {

  @TempDir Path folder;

  private Path file;

  @BeforeEach
  void nameFile() {
    file = folder.resolve("what? 100% #1.db");
  }

  @Test
  void shouldCountTransactionsThatHaveLines() {
    try (OpenJournal open = new OpenJournal(file)) {
      assertThat(open.journal.state().commits()).isZero();
      open.keep("a\n");
      open.keep("b\nc\n");
      await().until(() -> open.journal.state().commits() == 2);
    }
  }

  @Test
  void shouldHandLinesBackInTheirOrderWithNumbersFromOneOn() {
    try (OpenJournal open = new OpenJournal(file)) {
      assertThat(open.journal.isDeferred()).isTrue();
      open.journal.keep(Batches.plain("a\nb\n"));
      open.journal.keep(Batches.answered("ann", "c\n"));
      open.journal.keep(Batches.numbered("bob", "d\ne\n", 1, 2));
      open.awaitLine(5);
      assertThat(open.told.kept).containsExactly("1 a\nb\n", "3 c\n", "4 d\ne\n");
    }
    assertThat(file).exists();
  }

  @Test
  void shouldGoOnWithNumbersAndEpochAfterARestart() {
    String epoch;
    try (OpenJournal open = new OpenJournal(file)) {
      open.keep("a\nb\n");
      epoch = open.journal.epoch();
      assertThat(open.journal.lastLine()).isZero();
    }
    try (OpenJournal open = new OpenJournal(file)) {
      assertThat(open.journal.epoch()).isEqualTo(epoch).isNotEmpty();
      assertThat(open.journal.lastLine()).isEqualTo(2);
      open.keep("c\n");
      assertThat(open.told.kept).containsExactly("3 c\n");
    }
  }

  @Test
  void shouldKeepChannelsApart() {
    try (OpenJournal open = new OpenJournal(file);
        Journal other = open.journals.of("other")) {
      Told toldOther = new Told();
      other.open(toldOther);
      open.keep("a\nb\n");
      other.keep(Batches.plain("x\n"));
      await().until(() -> toldOther.lastLine == 1);
      assertThat(toldOther.kept).containsExactly("1 x\n");
      assertThat(other.epoch()).isNotEqualTo(open.journal.epoch());
    }
  }

  @Test
  void shouldNotNeedABatchsBufferAfterwards() {
    try (OpenJournal open = new OpenJournal(file)) {
      Batch batch = Batches.plain("first\nsecond\n");
      open.journal.keep(batch);
      batch.run().put(0, "spoilt\nspoilt".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
      open.awaitLine(2);
      assertThat(open.told.kept).containsExactly("1 first\nsecond\n");
    }
  }

  @Test
  void shouldTellWhatPublishersHadSent() {
    try (OpenJournal open = new OpenJournal(file)) {
      open.journal.keep(Batches.numbered("ann", "a\nb\n", 1, 2));
      open.journal.keep(Batches.numbered("ann", "c\n", 3));
      open.journal.keep(Batches.numbered("bob", "d\n", 10));
      open.journal.keep(Batches.numbered("ann", "e\nf\ng\n", 7, 8, 20));
      open.journal.keep(Batches.numbered("", "h\n", 1));
      open.awaitLine(8);
      assertThat(open.journal.sent()).isEmpty();
    }
    try (OpenJournal open = new OpenJournal(file)) {
      assertThat(open.journal.sent())
          .containsExactly(
              new Journal.Sent("bob", 10, 4, 1),
              new Journal.Sent("ann", 1, 1, 3),
              new Journal.Sent("ann", 7, 5, 2),
              new Journal.Sent("ann", 20, 7, 1));
    }
  }

  @Test
  void shouldRememberAboutTenThousandLinesOfAPublisher() {
    try (OpenJournal open = new OpenJournal(file)) {
      for (int i = 0; i < 40; i++) {
        open.journal.keep(
            Batches.numbered("ann", Batches.lines(1000), Batches.numbers(1 + 1001L * i, 1000)));
      }
      open.awaitLine(40_000);
    }
    try (OpenJournal open = new OpenJournal(file)) {
      List<Journal.Sent> sent = open.journal.sent();
      assertThat(sent.stream().mapToLong(Journal.Sent::count).sum())
          .isBetween((long) SentWriter.KEPT_LINES, 2L * SentWriter.KEPT_LINES);
      assertThat(sent.getLast()).isEqualTo(new Journal.Sent("ann", 1 + 1001 * 39, 39_001, 1000));
    }
  }

  @Test
  void shouldKeepEveryByteOfALine() throws Exception {
    StringBuilder odd = new StringBuilder("\n\u0000\nx\u0000y\n\n\n");
    for (char c = 1; c < 256; c++) {
      odd.append(c == '\n' ? "" : c);
    }
    String lines = odd.append("\n\n").toString();
    try (OpenJournal open = new OpenJournal(file)) {
      open.keep(lines);
      open.keep("\n");
      open.keep("\u0000\u00ff\n");
      assertThat(open.read(1, 100)).isEqualTo("1+9 " + lines + "\n\u0000\u00ff\n");
    }
  }

  @Test
  void shouldHaveManyChannelsLinesInOneTransactionAndStillInOrder() {
    try (OpenJournal open = new OpenJournal(file)) {
      List<Told> told = new ArrayList<>();
      List<Journal> others = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        others.add(open.journals.of("channel" + i));
        told.add(new Told());
        others.get(i).open(told.get(i));
      }
      for (int line = 0; line < 1000; line++) {
        others.get(line % 5).keep(Batches.plain(line + "\n"));
      }
      for (int i = 0; i < 5; i++) {
        Told each = told.get(i);
        await().until(() -> each.lastLine == 200);
        assertThat(each.kept.getLast()).isEqualTo("200 " + (995 + i) + "\n");
      }
    }
  }

  @Test
  void shouldBeFullWhileMuchWaitsAndTellWhenThereIsRoom() {
    FaultyDatabase database = new FaultyDatabase(file);
    CountDownLatch goOn = new CountDownLatch(1);
    try (OpenJournal open = new OpenJournal(file, database)) {
      database.onNextCommit(
          connection -> {
            await().atMost(OpenJournal.PATIENCE).until(() -> goOn.getCount() == 0);
            connection.commit();
          });
      String large = "x".repeat(1 << 20) + "\n";
      for (int i = 0; i < 40; i++) {
        open.journal.keep(Batches.plain(large));
      }
      assertThat(open.journal.isFull()).isTrue();
      assertThat(open.told.changes).hasValue(0);

      goOn.countDown();
      open.awaitLine(40);
      await().until(() -> !open.journal.isFull());
      await().until(() -> open.told.changes.get() > 0);
      await().until(() -> open.journal.state().waitingBytes() == 0);
    }
  }

  @Test
  void shouldRefuseAFileThatAnotherServerHas() {
    try (OpenJournal open = new OpenJournal(file)) {
      assertThatThrownBy(() -> new OpenJournal(file))
          .isInstanceOf(JournalException.class)
          .hasMessageContaining(file.toString())
          .hasMessageContaining("another server");
      open.keep("a\n");
    }
    try (OpenJournal open = new OpenJournal(file)) {
      assertThat(open.journal.lastLine()).isEqualTo(1);
    }
  }

  @Test
  void shouldLeaveNoLogBesideWhenItIsClosed() throws Exception {
    try (OpenJournal open = new OpenJournal(file)) {
      open.keep("a\n");
      assertThat(open.read(1, 1)).isEqualTo("1+1 a\n");
      assertThat(beside("-wal")).exists();
    }
    assertThat(beside("-wal")).doesNotExist();
    assertThat(beside("-shm")).doesNotExist();
  }

  private Path beside(String suffix) {
    return file.resolveSibling(file.getFileName() + suffix);
  }

  @Test
  void shouldTellNothingAfterItIsClosed() {
    OpenJournal open = new OpenJournal(file);
    open.keep("a\n");
    open.journal.close();
    open.journal.keep(Batches.plain("b\n"));
    open.journals.close();
    assertThat(open.told.kept).containsExactly("1 a\n");
  }
}
