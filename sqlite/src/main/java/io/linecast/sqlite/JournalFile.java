package io.linecast.sqlite;

import io.linecast.core.JournalException;
import io.linecast.protocol.From;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A journal's file, opened to be read, also while a server writes to it. Changes nothing. For one
 * thread at a time.
 *
 * <p>All methods throw a {@link JournalException} when the file cannot be read; its message says
 * which, why, and what to do.
 */
public final class JournalFile implements AutoCloseable {

  private static final int BUSY_MILLIS = 5_000;

  /**
   * So many lines are read by one look into the file: one that lasted as long as a whole channel's
   * would keep the server's write-ahead log from ever being emptied.
   */
  private static final int LINES_AT_ONCE = 10_000;

  private static final String SELECT_CHANNELS =
      """
      SELECT name, epoch, first, last, bytes,
        (SELECT min(time) FROM lines WHERE channel = name AND seq = first),
        (SELECT min(time) FROM lines WHERE channel = name AND seq = last),
        (SELECT count(DISTINCT publisher) FROM sent WHERE channel = name)
      FROM channels ORDER BY name
      """;

  private static final String SELECT_LINES =
      """
      SELECT seq, time, publisher, number, origin, line FROM lines
      WHERE channel = ? AND seq BETWEEN ? AND ? ORDER BY seq LIMIT ?
      """;

  private final Path path;
  private final Connection connection;
  private final Readers readers;

  private JournalFile(Path path, Database database, Connection connection) {
    this.path = path;
    this.connection = connection;
    this.readers = new Readers(database, path);
  }

  /** Whoever takes lines. */
  @FunctionalInterface
  public interface Receiver<E extends Exception> {

    /** The next one. */
    void onLine(StoredLine line) throws E;
  }

  /** Opens a file that is there. */
  public static JournalFile open(Path named) {
    Path path = RealPath.of(named);
    if (!Files.exists(path)) {
      throw new JournalException(false, "the journal " + path + ": there is no such file");
    }
    if (Files.isDirectory(path)) {
      throw new JournalException(false, "the journal " + path + " is a folder");
    }
    if (!Files.isReadable(path)) {
      throw new JournalException(false, "the journal " + path + ": permission denied");
    }
    try {
      Database database = new SqliteFile(path, BUSY_MILLIS);
      Connection connection = database.connect(Database.Access.READ);
      try {
        SqliteFile.run(connection, Settings.READER);
        requireJournal(path, connection);
        return new JournalFile(path, database, connection);
      } catch (SQLException | JournalException e) {
        connection.close();
        throw e;
      }
    } catch (SQLException e) {
      throw SqliteJournals.trouble(path, e);
    }
  }

  private static void requireJournal(Path path, Connection connection) throws SQLException {
    String fault =
        switch (Schema.kindOf(connection)) {
          case JOURNAL -> "";
          case EMPTY -> "the journal " + path + " is empty";
          case LATER -> "the journal " + path + " was made by a later linecast; use that one";
          case FOREIGN -> path + " is a database of something else; name another file";
        };
    if (!fault.isEmpty()) {
      throw new JournalException(false, fault);
    }
  }

  /** Where it really is, whatever links it was named by: its log is beside it. */
  public Path path() {
    return path;
  }

  /** Whether a server, or an import, has it open to write. Looks for a moment whether it could. */
  public boolean isHeld() {
    if (!Files.exists(OwnerLock.beside(path)) || !Files.isWritable(OwnerLock.beside(path))) {
      return false;
    }
    try (OwnerLock _ = OwnerLock.take(path)) {
      return false;
    } catch (JournalException e) {
      return true;
    }
  }

  /** All channels, by name, as they are at one moment. */
  public List<ChannelSummary> channels() {
    try (PreparedStatement select = connection.prepareStatement(SELECT_CHANNELS);
        ResultSet row = select.executeQuery()) {
      List<ChannelSummary> channels = new ArrayList<>();
      while (row.next()) {
        channels.add(
            new ChannelSummary(
                row.getString(1),
                row.getString(2),
                row.getLong(3),
                row.getLong(4),
                time(row, 6),
                time(row, 7),
                row.getLong(5),
                row.getLong(8)));
      }
      return channels;
    } catch (SQLException e) {
      throw SqliteJournals.trouble(path, e);
    }
  }

  private static Optional<Instant> time(ResultSet row, int column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
  }

  /**
   * The first line of a channel that a place means: the oldest one kept if it is before that, and
   * the one after the newest if it is behind that.
   */
  public long lineAt(ChannelSummary channel, From place) {
    long line =
        switch (place) {
          case From.New now -> channel.last() + 1;
          case From.Oldest oldest -> channel.first();
          case From.Line number -> number.line();
          case From.Last last -> channel.last() - last.lines() + 1;
          case From.Since since -> lineSince(channel, since.time());
        };
    return Math.clamp(line, channel.first(), channel.last() + 1);
  }

  private long lineSince(ChannelSummary channel, Instant time) {
    ChannelRow row =
        new ChannelRow(channel.epoch(), channel.first(), channel.last(), 0, channel.bytes());
    try {
      return new SqliteHistory(channel.name(), () -> row, readers).lineAt(time);
    } catch (IOException e) {
      throw new JournalException(false, String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * Hands on a channel's lines, in their order.
   *
   * @param first the first line
   * @param last the last line; what is not there any more is passed over
   * @return how many lines these were
   */
  public <E extends Exception> long read(
      String channel, long first, long last, Receiver<E> receiver) throws E {
    try (PreparedStatement select = connection.prepareStatement(SELECT_LINES)) {
      long lines = 0;
      long next = first;
      while (next <= last) {
        select.setString(1, channel);
        select.setLong(2, next);
        select.setLong(3, last);
        select.setInt(4, LINES_AT_ONCE);
        int found = 0;
        try (ResultSet row = select.executeQuery()) {
          for (; row.next(); found++) {
            StoredLine line = line(row);
            receiver.onLine(line);
            next = line.seq() + 1;
          }
        }
        lines += found;
        if (found < LINES_AT_ONCE) {
          break;
        }
      }
      return lines;
    } catch (SQLException e) {
      throw SqliteJournals.trouble(path, e);
    }
  }

  private static StoredLine line(ResultSet row) throws SQLException {
    long number = row.getLong(4);
    byte[] bytes = row.getBytes(6);
    return new StoredLine(
        row.getLong(1),
        Instant.ofEpochMilli(row.getLong(2)),
        Optional.ofNullable(row.getString(3)),
        number == 0 ? OptionalLong.empty() : OptionalLong.of(number),
        Optional.ofNullable(row.getString(5)),
        bytes == null ? new byte[0] : bytes);
  }

  /**
   * Looks whether all is as it should be.
   *
   * @return what is not; nothing if the file is well
   */
  public List<String> check(FileProgress progress) {
    return new FileCheck(path, connection, progress).run();
  }

  @Override
  public void close() {
    readers.close();
    try {
      connection.close();
    } catch (SQLException e) {
      throw SqliteJournals.trouble(path, e);
    }
  }
}
