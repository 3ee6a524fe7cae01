package io.linecast.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.linecast.core.Batch;
import io.linecast.core.History;
import io.linecast.core.Journal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lines are let go while others come, and while they are read. */
class RetentionUnderLoadTest {

  private static final int MANY_LINES = 30_000;

  @TempDir Path folder;

  private Path file;

  /** What each transaction leaves. */
  private final List<Left> transactions = new CopyOnWriteArrayList<>();

  private record Left(long first, long last) {
    long lines() {
      return last - first + 1;
    }
  }

  @BeforeEach
  void nameFile() {
    file = folder.resolve("lines.db");
  }

  private FaultyDatabase watched() {
    FaultyDatabase database = new FaultyDatabase(file);
    database.onCommit(
        connection -> {
          transactions.add(left(connection));
          connection.commit();
        });
    return database;
  }

  private static Left left(Connection connection) throws SQLException {
    return new Left(
        Schema.number(connection, "SELECT first FROM channels WHERE name = 'main'"),
        Schema.number(connection, "SELECT last FROM channels WHERE name = 'main'"));
  }

  @Test
  void shouldKeepWhatComesMeanwhile() {
    fill();
    Keeping some = new Keeping(0, 100, 0);
    try (SqliteJournals journals = SqliteJournals.open(file, watched(), Time.SYSTEM, some);
        Journal main = journals.of("main")) {
      Again again = new Again(main);
      main.open(again);
      main.keep(Batches.plain("x\n"));
      await().atMost(OpenJournal.PATIENCE).until(() -> main.history().oldest() > MANY_LINES);
      again.over = true;
    }
    assertThat(keptBetweenRemovals()).isPositive();
    assertThat(mostRemovedAtOnce()).isLessThanOrEqualTo(Retention.STEP_LINES + 100);
  }

  /** Gives the journal another line for each that it has kept. */
  private static final class Again implements Journal.Kept {
    private final Journal journal;
    private volatile boolean over;

    Again(Journal journal) {
      this.journal = journal;
    }

    @Override
    public void onKept(Batch lines, long firstLine) {
      if (!over) {
        journal.keep(Batches.plain("x\n"));
      }
    }

    @Override
    public void onFailed(Batch lines) {}

    @Override
    public void onStateChanged() {}
  }

  @Test
  void shouldRemoveLinesAlsoWhileThereIsNoTimeForIt() {
    String large = ("x".repeat(16 << 10) + "\n").repeat(64);
    try (OpenJournal open = new OpenJournal(file, watched(), Time.SYSTEM, new Keeping(0, 10, 0))) {
      for (int i = 0; i < 24; i++) {
        open.journal.keep(Batches.plain(large)); // a transaction each: it always has one to write
      }
      open.awaitLine(24 * 64);
      await()
          .atMost(OpenJournal.PATIENCE)
          .until(() -> open.journal.history().oldest() == 24 * 64 - 9);
    }
    assertThat(transactions.stream().mapToLong(Left::lines).max().orElseThrow())
        .as("lines at any time")
        .isLessThan(12 * 64);
    assertThat(keptBetweenRemovals()).isPositive();
  }

  @Test
  void shouldRemoveFewAtOnceAlsoWhereMuchHasComeBeforeAnythingWasDue() {
    OpenJournal.Clock clock = new OpenJournal.Clock();
    try (OpenJournal open =
        new OpenJournal(file, watched(), clock.time, new Keeping(60_000, 0, 0))) {
      keepMany(open);
      clock.pass(31);
      clock.pass(31);
      keepMany(open);
      await().atMost(OpenJournal.PATIENCE).until(() -> open.journal.history().oldest() == 40_001);
    }
    assertThat(mostRemovedAtOnce())
        .isLessThanOrEqualTo(Retention.STEP_LINES + Retention.LAG_LINES + 4_000);
  }

  private static void keepMany(OpenJournal open) {
    for (int i = 0; i < 10; i++) {
      open.keep(Batches.lines(4_000)); // a transaction each
    }
  }

  @Test
  void shouldRemoveAsFastAsLinesComeHoweverManyATransactionHas() {
    String many = Batches.lines(100_000);
    try (OpenJournal open =
        new OpenJournal(file, watched(), Time.SYSTEM, new Keeping(0, 100_000, 0))) {
      for (int i = 0; i < 12; i++) {
        open.journal.keep(Batches.plain(many));
      }
      open.awaitLine(1_200_000);
      await()
          .atMost(OpenJournal.PATIENCE)
          .until(() -> open.journal.history().oldest() == 1_100_001);
    }
    assertThat(transactions.stream().mapToLong(Left::lines).max().orElseThrow())
        .as("what is kept, what it lags, and what a transaction may have")
        .isLessThan(100_000 + Retention.LAG_LINES + Settings.TRANSACTION_BYTES / 2);
  }

  @Test
  void shouldLeaveReadersWhatThereIs() throws Exception {
    fill();
    try (OpenJournal open = new OpenJournal(file, new Keeping(0, 0, 600))) {
      FutureTask<Integer> reading = new FutureTask<>(() -> readAgainAndAgain(open));
      Thread.ofPlatform().start(reading);
      assertThat(reading.get()).isPositive();
      assertThat(open.journal.history().oldest()).isEqualTo(MANY_LINES - 99);
    }
  }

  /** Reads from the first line on, until the old ones have gone; returns how often. */
  private static int readAgainAndAgain(OpenJournal open) throws IOException {
    History history = open.journal.history();
    ByteBuffer into = ByteBuffer.allocate(16 << 10);
    int times = 0;
    while (history.oldest() < MANY_LINES - 99) {
      for (long line = history.oldest(); line <= MANY_LINES; times++) {
        History.Stretch stretch = history.read(line, MANY_LINES, into.clear());
        String text = new String(into.array(), 0, into.position(), StandardCharsets.ISO_8859_1);
        assertThat(stretch.first()).isGreaterThanOrEqualTo(line);
        assertThat(text).isEqualTo(numbers(stretch.first(), stretch.lines()));
        line = stretch.first() + stretch.lines();
      }
    }
    return times;
  }

  /** Lines of which each says its number, all of them kept. */
  private void fill() {
    try (OpenJournal open = new OpenJournal(file)) {
      open.keep(numbers(1, MANY_LINES));
    }
  }

  private static String numbers(long first, int count) {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < count; i++) {
      lines.append(first + i).append('\n');
    }
    return lines.toString();
  }

  /** How many transactions have kept lines, after one that removed some and before another. */
  private int keptBetweenRemovals() {
    List<Integer> removals = new ArrayList<>();
    int kept = 0;
    for (int i = 1; i < transactions.size(); i++) {
      if (transactions.get(i).first > transactions.get(i - 1).first) {
        removals.add(i);
      }
    }
    for (int i = removals.getFirst(); i < removals.getLast(); i++) {
      kept += transactions.get(i).last > transactions.get(i - 1).last ? 1 : 0;
    }
    return kept;
  }

  private long mostRemovedAtOnce() {
    long most = 0;
    for (int i = 1; i < transactions.size(); i++) {
      most = Math.max(most, transactions.get(i).first - transactions.get(i - 1).first);
    }
    return most;
  }
}
