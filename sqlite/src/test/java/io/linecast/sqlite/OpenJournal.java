package io.linecast.sqlite;

import static org.awaitility.Awaitility.await;

import io.linecast.core.History;
import io.linecast.core.Journal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** A journal of channel main, opened in a file, and what it has told. */
final class OpenJournal implements AutoCloseable {

  static final int BUSY_MILLIS = 100;

  final SqliteJournals journals;
  final Journal journal;
  final Told told = new Told();

  OpenJournal(Path file) {
    this(file, new SqliteFile(file, BUSY_MILLIS), InstantSource.system());
  }

  OpenJournal(Path file, Database database) {
    this(file, database, InstantSource.system());
  }

  OpenJournal(Path file, Database database, InstantSource clock) {
    journals = SqliteJournals.open(file, database, clock);
    journal = journals.of("main");
    journal.open(told);
  }

  /** A clock that is set by hand. */
  static final class Clock implements InstantSource {

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.ofEpochSecond(1000));

    void set(long seconds) {
      now.set(Instant.ofEpochSecond(seconds));
    }

    @Override
    public Instant instant() {
      return now.get();
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
    await("line " + line).until(() -> told.lastLine >= line);
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
