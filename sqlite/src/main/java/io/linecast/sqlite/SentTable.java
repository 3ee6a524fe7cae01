package io.linecast.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** What is done with the table of what publishers have sent. The writer's thread only. */
final class SentTable implements AutoCloseable {

  private static final String LOAD =
      """
      SELECT publisher, max(number), line, count, count(*) FROM sent
      WHERE channel = ? GROUP BY publisher ORDER BY line
      """;

  private static final String PUT = "INSERT OR REPLACE INTO sent VALUES (?, ?, ?, ?, ?)";

  private static final String FORGET = "DELETE FROM sent WHERE channel = ? AND publisher = ?";

  private static final String SHORTEN =
      """
      UPDATE sent SET count = ?3 - number
      WHERE channel = ?1 AND publisher = ?2 AND number < ?3 AND number + count > ?3
      """;

  private static final String CUT =
      "DELETE FROM sent WHERE channel = ?1 AND publisher = ?2 AND number >= ?3";

  private static final String TRIM =
      """
      DELETE FROM sent WHERE channel = ?1 AND publisher = ?2 AND number < (
        SELECT number FROM (
          SELECT number, sum(count) OVER newest AS lines, row_number() OVER newest AS rows
          FROM sent WHERE channel = ?1 AND publisher = ?2
          WINDOW newest AS (ORDER BY number DESC))
        WHERE lines >= ?3 OR rows >= ?4 ORDER BY number DESC LIMIT 1)
      """;

  /** A publisher's newest row, which may grow still, and how many there are of it. */
  static final class Row {
    final String channel;
    final String publisher;
    long number;
    long line;
    long count;

    /** Those in the table. */
    long rows;

    long linesSinceTrim;

    /** Whether the table has it, as it was; and whether it is another one now. */
    boolean isThere;

    boolean isChanged;

    Row(String channel, String publisher) {
      this.channel = channel;
      this.publisher = publisher;
    }

    /** The first number that none of its lines has, nor ever had. */
    long nextNumber() {
      return number + count;
    }

    boolean isContinuedBy(long itsNumber, long itsLine) {
      return count > 0 && itsNumber == number + count && itsLine == line + count;
    }

    /** A new one begins. */
    void begin(long itsNumber, long itsLine) {
      number = itsNumber;
      line = itsLine;
      count = 0;
      isThere = false;
    }
  }

  private final PreparedStatement load;
  private final PreparedStatement put;
  private final PreparedStatement forget;
  private final PreparedStatement shorten;
  private final PreparedStatement cut;
  private final PreparedStatement trim;

  SentTable(Connection connection) throws SQLException {
    load = connection.prepareStatement(LOAD);
    put = connection.prepareStatement(PUT);
    forget = connection.prepareStatement(FORGET);
    shorten = connection.prepareStatement(SHORTEN);
    cut = connection.prepareStatement(CUT);
    trim = connection.prepareStatement(TRIM);
  }

  /** Each publisher's newest row; those who sent last come last. */
  List<Row> load(String channel) throws SQLException {
    List<Row> rows = new ArrayList<>();
    load.setString(1, channel);
    try (ResultSet found = load.executeQuery()) {
      while (found.next()) {
        Row row = new Row(channel, found.getString(1));
        row.begin(found.getLong(2), found.getLong(3));
        row.count = found.getLong(4);
        row.rows = found.getLong(5);
        row.isThere = true;
        rows.add(row);
      }
    }
    return rows;
  }

  /** The table has it as it is. */
  void put(Row row) throws SQLException {
    put.setString(1, row.channel);
    put.setString(2, row.publisher);
    put.setLong(3, row.number);
    put.setLong(4, row.line);
    put.setLong(5, row.count);
    put.executeUpdate();
    row.rows += row.isThere ? 0 : 1;
    row.isThere = true;
    row.isChanged = false;
  }

  /** Its numbers from this one on are others' lines from now on. */
  void cut(Row row, long number) throws SQLException {
    of(row, shorten).setLong(3, number);
    shorten.executeUpdate();
    of(row, cut).setLong(3, number);
    row.rows -= cut.executeUpdate();
  }

  /** So many of its newest lines stay at least, unless they are more rows than this. */
  void trim(Row row, long lines, long rows) throws SQLException {
    of(row, trim).setLong(3, lines);
    trim.setLong(4, rows);
    row.rows -= trim.executeUpdate();
    row.linesSinceTrim = 0;
  }

  /** Nothing is known of the publisher any more. */
  void forget(Row row) throws SQLException {
    of(row, forget).executeUpdate();
    row.rows = 0;
    row.isChanged = false;
  }

  private static PreparedStatement of(Row row, PreparedStatement statement) throws SQLException {
    statement.setString(1, row.channel);
    statement.setString(2, row.publisher);
    return statement;
  }

  @Override
  public void close() throws SQLException {
    for (PreparedStatement each : List.of(load, put, forget, shorten, cut, trim)) {
      each.close();
    }
  }
}
