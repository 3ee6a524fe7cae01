package io.linecast.sqlite;

import static org.awaitility.Awaitility.await;

import io.linecast.core.History;
import io.linecast.core.Journal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A journal of channel main, opened in a file, and what it has told. */
final class OpenJournal implements AutoCloseable {

  static final int BUSY_MILLIS = 100;

  /** For much work on a machine that has other work. */
  static final Duration PATIENCE = Duration.ofSeconds(60);

  final SqliteJournals journals;
  final Journal journal;
  final Told told = new Told();

  OpenJournal(Path file) {
    this(file, Keeping.ALL);
  }

  OpenJournal(Path file, Keeping keeping) {
    this(file, new SqliteFile(file, BUSY_MILLIS), Time.SYSTEM, keeping);
  }

  OpenJournal(Path file, Database database) {
    this(file, database, Time.SYSTEM, Keeping.ALL);
  }

  OpenJournal(Path file, Time time, Keeping keeping) {
    this(file, new SqliteFile(file, BUSY_MILLIS), time, keeping);
  }

  OpenJournal(Path file, Database database, Time time, Keeping keeping) {
    journals = SqliteJournals.open(file, database, time, keeping);
    journal = journals.of("main");
    journal.open(told);
  }

  /** A clock that is set by hand. */
  static final class Clock {

    private final AtomicLong seconds = new AtomicLong(1_000_000);
    private final AtomicLong nanos = new AtomicLong();
    final Time time = new Time(() -> Instant.ofEpochSecond(seconds.get()), nanos::get);

    /** It is set, and no time passes. */
    void set(long to) {
      seconds.set(to);
    }

    /** Time passes. */
    void pass(long count) {
      nanos.addAndGet(TimeUnit.SECONDS.toNanos(count));
      seconds.addAndGet(count);
    }
  }

  /** Keeps plain lines, and waits until they are kept. */
  void keep(String lines) {
    long last = told.lastLine == 0 ? journal.lastLine() : told.lastLine;
    long count = lines.chars().filter(c -> c == '\n').count();
    journal.keep(Batches.plain(lines));
    awaitLine(last + count);
  }

  void awaitLine(long line) {
    await("line " + line).atMost(PATIENCE).until(() -> told.lastLine >= line);
  }

  String read(long first, long last) throws IOException {
    return read(first, last, 1 << 20);
  }

  /** What is read, after the number of its first line. */
  String read(long first, long last, int room) throws IOException {
    ByteBuffer into = ByteBuffer.allocate(room);
    History.Stretch stretch = journal.history().read(first, last, into);
    String lines = new String(into.array(), 0, into.position(), StandardCharsets.ISO_8859_1);
    return stretch.first() + "+" + stretch.lines() + " " + lines;
  }

  @Override
  public void close() {
    journal.close();
    journals.close();
  }
}
