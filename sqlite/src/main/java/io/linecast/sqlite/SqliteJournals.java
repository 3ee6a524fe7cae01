package io.linecast.sqlite;

import io.linecast.core.Journal;
import io.linecast.core.Journal.Sent;
import io.linecast.core.JournalException;
import io.linecast.core.Journals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** A journal's file, which has all channels, opened to keep lines. */
final class SqliteJournals implements Journals {

  private static final int BUSY_MILLIS = 2_000;

  private final Path file;
  private final Database database;
  private final OwnerLock lock;
  private final Time time;
  private final Keeping keeping;
  private final AgeLimit age;
  private final Inbox inbox = new Inbox(Settings.WAITING_BYTES);
  private final Health health = new Health();
  private final Readers readers;
  private final Writer writer;
  private final Thread thread;

  private SqliteJournals(
      Path file, Database database, OwnerLock lock, Time time, Keeping keeping, long newestMillis) {
    this.file = file;
    this.database = new WatchedFile(database, file);
    this.lock = lock;
    this.time = time;
    this.keeping = keeping;
    this.age = new AgeLimit(keeping.ageMillis(), time, newestMillis);
    this.readers = new Readers(this.database, file);
    this.writer = new Writer(this.database, inbox, health, keeping, age, time);
    this.thread = Thread.ofPlatform().name("linecast-journal").unstarted(writer);
  }

  static SqliteJournals open(Path named, Keeping keeping) {
    Path file = RealPath.of(named);
    return open(file, new SqliteFile(file, BUSY_MILLIS), Time.SYSTEM, keeping);
  }

  /**
   * Opens a file, or makes it.
   *
   * @param file where it really is
   * @throws JournalException if it cannot be used
   */
  static SqliteJournals open(Path file, Database database, Time time, Keeping keeping) {
    checkPlace(file);
    OwnerLock lock = OwnerLock.take(file);
    try {
      long newestMillis = prepare(file, database);
      SqliteJournals journals =
          new SqliteJournals(file, database, lock, time, keeping, newestMillis);
      journals.thread.start();
      return journals;
    } catch (RuntimeException | Error e) {
      lock.close();
      throw e;
    }
  }

  static void checkPlace(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new JournalException(false, "the journal " + file + ": there is no folder " + folder);
    }
    if (!Files.isWritable(folder)) {
      throw new JournalException(
          false,
          "the journal " + file + ": the folder may not be written; look at its permissions");
    }
    if (Files.isDirectory(file)) {
      throw new JournalException(false, "the journal " + file + " is a folder");
    }
    if (Files.exists(file) && !Files.isWritable(file)) {
      throw new JournalException(
          false, "the journal " + file + " may not be written; look at its permissions");
    }
  }

  /** Returns the newest line's time; 0 if there is no line. */
  static long prepare(Path file, Database database) {
    lookOnly(file, database);
    try (Connection connection = database.connect(Database.Access.WRITE)) {
      Schema.Kind kind = Schema.kindOf(connection);
      requireOurs(file, kind);
      SqliteFile.run(connection, Settings.WRITER);
      if (kind == Schema.Kind.EMPTY) {
        Schema.create(connection);
      }
      return Schema.number(connection, "SELECT max(time) FROM channels");
    } catch (SQLException e) {
      throw trouble(file, e);
    }
  }

  /**
   * A connection that may write takes away the log that a program left which was killed, when it is
   * closed; so whose file it is, is looked at by one that may not. (A transaction to be rolled back
   * it cannot look past: that is left to the one that may, as any program would.)
   */
  private static void lookOnly(Path file, Database database) {
    try (Connection connection = database.connect(Database.Access.READ)) {
      requireOurs(file, Schema.kindOf(connection));
    } catch (SQLException e) {
      return; // it is not there, or whoever opens it to write is told what is wrong
    }
  }

  private static void requireOurs(Path file, Schema.Kind kind) {
    if (kind == Schema.Kind.LATER) {
      throw new JournalException(
          false, "the journal " + file + " was made by a later linecast; use that one");
    }
    if (kind == Schema.Kind.FOREIGN) {
      throw new JournalException(
          false, file + " is a database of something else; name another file");
    }
  }

  static JournalException trouble(Path file, SQLException failure) {
    return new JournalException(
        false, "the journal " + file + ": " + SqlTrouble.wordsFor(failure), failure);
  }

  @Override
  public Journal of(String channel) {
    try (Connection connection = database.connect(Database.Access.WRITE)) {
      SqliteFile.run(connection, Settings.WRITER);
      insertIfNew(connection, channel);
      ChannelRow row = WriteSession.channel(connection, channel).orElseThrow();
      List<Sent> sent = SentReader.read(connection, channel);
      SqliteJournal journal = new SqliteJournal(channel, row, sent, inbox, health, readers, time);
      journal.letGoBefore(firstKept(journal));
      writer.add(journal);
      return journal;
    } catch (SQLException e) {
      throw trouble(file, e);
    } catch (IOException e) {
      throw new JournalException(false, String.valueOf(e.getMessage()), e);
    }
  }

  /** What is to be removed is not read back first; bytes are counted only when they are. */
  private long firstKept(SqliteJournal journal) throws IOException {
    long last = journal.row().last();
    long byLines = keeping.lines() > 0 ? last - keeping.lines() + 1 : 0;
    if (age.startMillis() == AgeLimit.NONE) {
      return byLines;
    }
    long byAge = journal.history().lineAt(Instant.ofEpochMilli(age.startMillis()));
    return Math.max(byLines, Math.min(byAge, last + 1));
  }

  static void insertIfNew(Connection connection, String channel) throws SQLException {
    String sql = "INSERT OR IGNORE INTO channels VALUES (?, ?, 1, 0, 0, 0)";
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setString(1, channel);
      insert.setString(2, Long.toHexString(ThreadLocalRandom.current().nextLong()));
      insert.executeUpdate();
    }
  }

  @Override
  public void close() {
    // First: only a connection that writes takes the log away, and only if it is the last one.
    readers.close();
    inbox.close();
    Threads.awaitEnd(thread);
    lock.close();
  }
}
