package io.linecast.sqlite;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The tables of a journal's file, and how a file is told to be one. */
final class Schema {

  /** What SQLite calls the application's id: "LCJ1". */
  static final int APPLICATION_ID = 0x4C434A31;

  /** What SQLite calls the user's version. */
  static final int VERSION = 1;

  private static final String[] TABLES = {
    """
    CREATE TABLE channels(
      name TEXT PRIMARY KEY,
      epoch TEXT NOT NULL,            -- the name of its numbering
      first INTEGER NOT NULL,         -- the oldest line that is kept; last + 1 if none is
      last INTEGER NOT NULL,          -- the newest line that there ever was
      time INTEGER NOT NULL,          -- the newest line's
      bytes INTEGER NOT NULL          -- of all lines that are kept, with their line feeds
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE lines(
      channel TEXT NOT NULL,
      seq INTEGER NOT NULL,           -- 1, 2, 3 … in each channel
      time INTEGER NOT NULL,          -- milliseconds since 1970; never falls within a channel
      publisher TEXT,                 -- who gave it a number; NULL if nobody by name
      number INTEGER,                 -- the publisher's own; NULL if it gave none
      origin TEXT,                    -- where it came from
      line BLOB NOT NULL,             -- its bytes, without the line feed
      PRIMARY KEY(channel, seq)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE sent(
      channel TEXT NOT NULL,
      publisher TEXT NOT NULL,
      number INTEGER NOT NULL,        -- numbers from here on
      line INTEGER NOT NULL,          -- became lines from here on
      count INTEGER NOT NULL,         -- so many
      PRIMARY KEY(channel, publisher, number)
    ) WITHOUT ROWID
    """,
    """
    CREATE VIEW log AS
      SELECT channel, seq, strftime('%Y-%m-%dT%H:%M:%fZ', time / 1000.0, 'unixepoch') AS time,
        publisher, number, origin, CAST(line AS TEXT) AS line
      FROM lines
    """,
  };

  private Schema() {}

  /** What a file turned out to be. */
  enum Kind {
    /** It has nothing, or is not there. */
    EMPTY,
    /** A journal that can be used. */
    JOURNAL,
    /** A journal of a later version. */
    LATER,
    /** A database of something else. */
    FOREIGN
  }

  /** Looks what a file is; changes nothing. */
  static Kind kindOf(Connection connection) throws SQLException {
    long application = number(connection, "PRAGMA application_id");
    if (application == APPLICATION_ID) {
      return number(connection, "PRAGMA user_version") <= VERSION ? Kind.JOURNAL : Kind.LATER;
    }
    boolean isEmpty = number(connection, "SELECT count(*) FROM sqlite_schema") == 0;
    return isEmpty && application == 0 ? Kind.EMPTY : Kind.FOREIGN;
  }

  /** Makes the tables, all or none, in an empty file. */
  static void create(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
    SqliteFile.run(connection, TABLES);
    SqliteFile.run(
        connection,
        "PRAGMA application_id = " + APPLICATION_ID,
        "PRAGMA user_version = " + VERSION);
    connection.commit();
    connection.setAutoCommit(true);
  }

  /** The first column of the first row. */
  static long number(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      return row.next() ? row.getLong(1) : 0;
    }
  }
}
