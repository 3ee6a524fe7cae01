package io.linecast.sqlite;

import io.linecast.core.Numbering;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * A connection that writes, with its statements. Always in a transaction, which takes a lock only
 * when something is written. The writer's thread only.
 */
final class WriteSession implements AutoCloseable {

  private static final String SELECT_CHANNEL =
      "SELECT epoch, first, last, time, bytes FROM channels WHERE name = ?";

  /** Only if nobody else has written: then the numbers would not be those that are given. */
  private static final String UPDATE_CHANNEL =
      "UPDATE channels SET first = ?, last = ?, time = ?, bytes = ? WHERE name = ? AND last = ?";

  private static final String DELETE_CHANNEL = "DELETE FROM channels WHERE name = ? AND last = ?";

  private static final String INSERT_CHANNEL = "INSERT INTO channels VALUES (?, ?, ?, ?, ?, ?)";

  private final Connection connection;
  private final LineWriter lines;
  private final SentWriter sent;
  private final LineRemover remover;
  private final PreparedStatement update;
  private final PreparedStatement remove;
  private final PreparedStatement insert;

  private WriteSession(Connection connection) throws SQLException {
    this.connection = connection;
    lines = new LineWriter(connection);
    sent = new SentWriter(connection);
    remover = new LineRemover(connection);
    update = connection.prepareStatement(UPDATE_CHANNEL);
    remove = connection.prepareStatement(DELETE_CHANNEL);
    insert = connection.prepareStatement(INSERT_CHANNEL);
  }

  static WriteSession open(Database database) throws SQLException {
    Connection connection = database.connect(Database.Access.WRITE);
    try {
      SqliteFile.run(connection, Settings.WRITER);
      connection.setAutoCommit(false);
      return new WriteSession(connection);
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  /** A channel as the file has it; empty if it has none of that name. */
  static Optional<ChannelRow> channel(Connection connection, String name) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(SELECT_CHANNEL)) {
      select.setString(1, name);
      try (ResultSet row = select.executeQuery()) {
        return row.next()
            ? Optional.of(
                new ChannelRow(
                    row.getString(1),
                    row.getLong(2),
                    row.getLong(3),
                    row.getLong(4),
                    row.getLong(5)))
            : Optional.empty();
      }
    }
  }

  /** Whether the file has channels like this; ends the look, so that later ones see what is new. */
  boolean has(Map<SqliteJournal, ChannelRow> rows) throws SQLException {
    boolean hasAll = true;
    for (Map.Entry<SqliteJournal, ChannelRow> each : rows.entrySet()) {
      Optional<ChannelRow> found = channel(connection, each.getKey().channel());
      hasAll &= found.isPresent() && found.get().equals(each.getValue());
    }
    connection.commit();
    return hasAll;
  }

  /**
   * Writes the first batches, which are kept only when {@link #commit} returns.
   *
   * @return the channels as they are then
   */
  Map<SqliteJournal, ChannelRow> write(WaitingLines waiting, int count) throws SQLException {
    Map<SqliteJournal, ChannelRow> after = new HashMap<>();
    for (WaitingBatch batch : waiting.batches().subList(0, count)) {
      SqliteJournal journal = batch.journal();
      ChannelRow before = after.computeIfAbsent(journal, SqliteJournal::row);
      ChannelRow row = before.plus(batch.lines(), batch.length(), batch.timeMillis());
      lines.write(batch, waiting.bytes(), row.timeMillis(), before.last() + 1);
      noteSent(batch, before.last() + 1);
      after.put(journal, row);
    }
    sent.flush();
    for (Map.Entry<SqliteJournal, ChannelRow> each : after.entrySet()) {
      update(each.getKey(), each.getValue());
    }
    return after;
  }

  private void noteSent(WaitingBatch batch, long firstLine) throws SQLException {
    Numbering numbering = batch.batch().numbering();
    String publisher = batch.publisher();
    if (numbering == null || publisher == null) {
      return;
    }
    String channel = batch.journal().channel();
    for (int done = 0; done < batch.lines(); ) {
      int count = LineWriter.runLength(numbering, done, batch.lines());
      sent.add(channel, publisher, numbering.number(done), firstLine + done, count);
      done += count;
    }
  }

  /** What is to go of a channel. */
  LineRemover.Cut oldest(
      SqliteJournal journal, Keeping keeping, long limitMillis, LineRemover.Budget budget)
      throws SQLException {
    return remover.find(journal.channel(), journal.row(), keeping, limitMillis, budget);
  }

  /** Removes it, which is so when {@link #commit} returns; the channel is like this then. */
  void remove(SqliteJournal journal, LineRemover.Cut cut, ChannelRow after) throws SQLException {
    remover.remove(journal.channel(), cut);
    update(journal, after);
  }

  private void update(SqliteJournal journal, ChannelRow row) throws SQLException {
    update.setLong(1, row.first());
    update.setLong(2, row.last());
    update.setLong(3, row.timeMillis());
    update.setLong(4, row.bytes());
    update.setString(5, journal.channel());
    update.setLong(6, journal.row().last());
    requireOne(update.executeUpdate(), journal);
  }

  private static void requireOne(int rows, SqliteJournal journal) throws SQLException {
    if (rows != 1) {
      throw new SQLException(
          "another program has written to channel " + journal.channel() + "; stop the server");
    }
  }

  /**
   * Writes something that changes nothing, to see whether that can be done. A row that is put in
   * again, because SQLite does not write one that is updated to what it was.
   */
  void probe(SqliteJournal journal) throws SQLException {
    ChannelRow row = journal.row();
    remove.setString(1, journal.channel());
    remove.setLong(2, row.last());
    requireOne(remove.executeUpdate(), journal);
    insert.setString(1, journal.channel());
    insert.setString(2, row.epoch());
    insert.setLong(3, row.first());
    insert.setLong(4, row.last());
    insert.setLong(5, row.timeMillis());
    insert.setLong(6, row.bytes());
    insert.executeUpdate();
    commit();
  }

  /**
   * What the file shows is on the disk, also what was written and never said to be: SQLite copies
   * it out of the log and begins that anew.
   *
   * @throws SQLException also if somebody reads the log meanwhile
   */
  void checkpoint() throws SQLException {
    connection.setAutoCommit(true); // it cannot be done within a transaction
    try (Statement statement = connection.createStatement();
        ResultSet outcome = statement.executeQuery("PRAGMA wal_checkpoint(TRUNCATE)")) {
      if (!outcome.next() || outcome.getInt(1) != 0) {
        throw new SQLiteException("the log is being read", SQLiteErrorCode.SQLITE_BUSY);
      }
    } finally {
      connection.setAutoCommit(false);
    }
  }

  void commit() throws SQLException {
    connection.commit();
  }

  /** What has been written since the last commit is gone; a new transaction has begun. */
  void rollback() throws SQLException {
    sent.forget();
    try {
      connection.rollback();
    } catch (SQLException e) {
      // SQLite may have rolled back by itself, and then says that there is nothing to roll back.
      beginAnew();
    }
  }

  private void beginAnew() throws SQLException {
    try {
      connection.setAutoCommit(true);
    } catch (SQLException e) {
      // As above: the driver has taken note all the same.
    }
    connection.setAutoCommit(false);
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
