package io.linecast.sqlite;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;

/** Connections that read lines: made when they are needed, and kept for later. */
final class Readers implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(Readers.class.getName());

  /** More than may be used at once; these are kept. */
  private static final int MOST_RESTING = 8;

  private final Database database;
  private final Path file;
  private final Deque<Reader> resting = new ArrayDeque<>();
  private boolean closed;

  Readers(Database database, Path file) {
    this.database = database;
    this.file = file;
  }

  /** A connection with its statements, one thread's at a time. */
  static final class Reader implements AutoCloseable {

    final Connection connection;

    /** How many lines, and how many bytes with their line feeds. */
    final PreparedStatement extent;

    /** The lines, as one value. */
    final PreparedStatement lines;

    final PreparedStatement time;

    Reader(Connection connection) throws SQLException {
      this.connection = connection;
      extent =
          connection.prepareStatement(
              "SELECT count(*), sum(length(line) + 1), min(seq) FROM lines"
                  + " WHERE channel = ? AND seq BETWEEN ? AND ?");
      lines =
          connection.prepareStatement(
              "SELECT count(*), group_concat(line, x'0A') FROM (SELECT line FROM lines"
                  + " WHERE channel = ? AND seq BETWEEN ? AND ? ORDER BY seq)");
      time = connection.prepareStatement("SELECT time FROM lines WHERE channel = ? AND seq = ?");
    }

    @Override
    public void close() throws SQLException {
      connection.close();
    }
  }

  /** What is asked of a reader. */
  @FunctionalInterface
  interface Question<T> {
    T ask(Reader reader) throws SQLException, IOException;
  }

  /** Asks; what cannot be read is told with the file's name. */
  <T> T ask(Question<T> question) throws IOException {
    try {
      Reader reader = take();
      boolean isWell = false;
      try {
        T answer = question.ask(reader);
        isWell = true;
        return answer;
      } finally {
        giveBack(reader, isWell);
      }
    } catch (SQLException e) {
      throw new IOException("the journal " + file + ": " + SqlTrouble.wordsFor(e), e);
    }
  }

  private Reader take() throws SQLException, IOException {
    synchronized (resting) {
      if (closed) {
        throw new IOException("the journal " + file + " is closed");
      }
      Reader reader = resting.poll();
      if (reader != null) {
        return reader;
      }
    }
    Connection connection = database.connect(Database.Access.READ);
    try {
      SqliteFile.run(connection, Settings.READER);
      return new Reader(connection);
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  private void giveBack(Reader reader, boolean isWell) throws SQLException {
    synchronized (resting) {
      if (isWell && !closed && resting.size() < MOST_RESTING) {
        resting.push(reader);
        return;
      }
    }
    reader.close();
  }

  @Override
  public void close() {
    synchronized (resting) {
      closed = true;
      for (Reader reader : resting) {
        try {
          reader.close();
        } catch (SQLException e) {
          LOG.log(Level.WARNING, "closing the journal " + file + ": " + e.getMessage());
        }
      }
      resting.clear();
    }
  }
}
