package io.linecast.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts down what publishers have sent, in runs, once a transaction: numbers that follow each other
 * and whose lines do are one row, which grows. Of each publisher the newest {@value #KEPT_LINES}
 * lines and some more stay.
 *
 * <p>The writer's thread only.
 */
final class SentWriter implements AutoCloseable {

  /** So many lines of a publisher are known at least. */
  static final int KEPT_LINES = 10_000;

  /** How many publishers' newest rows are known here; of others a new row begins. */
  private static final int MOST_PUBLISHERS = 65_536;

  private static final int LINES_BETWEEN_TRIMS = KEPT_LINES / 2;

  private static final String PUT = "INSERT OR REPLACE INTO sent VALUES (?, ?, ?, ?, ?)";

  private static final String TRIM =
      """
      DELETE FROM sent WHERE channel = ?1 AND publisher = ?2 AND number < (
        SELECT number FROM (
          SELECT number, sum(count) OVER (ORDER BY number DESC) AS lines
          FROM sent WHERE channel = ?1 AND publisher = ?2)
        WHERE lines >= ?3 ORDER BY number DESC LIMIT 1)
      """;

  private record Who(String channel, String publisher) {}

  /** A row that may grow still. */
  private static final class Row {
    private long number;
    private long line;
    private long count;
    private long linesSinceTrim;
    private boolean changed;
  }

  private final PreparedStatement put;
  private final PreparedStatement trim;
  private final List<Who> changed = new ArrayList<>();

  private final Map<Who, Row> newest =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Who, Row> eldest) {
          return size() > MOST_PUBLISHERS && !eldest.getValue().changed;
        }
      };

  SentWriter(Connection connection) throws SQLException {
    put = connection.prepareStatement(PUT);
    trim = connection.prepareStatement(TRIM);
  }

  /** Numbers from one on became lines from one on. */
  void add(String channel, String publisher, long number, long line, long count)
      throws SQLException {
    Who who = new Who(channel, publisher);
    Row row = newest.computeIfAbsent(who, _ -> new Row());
    if (row.number + row.count != number
        || row.line + row.count != line
        || row.count + count > KEPT_LINES) {
      put(who, row);
      row.number = number;
      row.line = line;
      row.count = 0;
    }
    row.count += count;
    row.linesSinceTrim += count;
    if (!row.changed) {
      row.changed = true;
      changed.add(who);
    }
  }

  /** All that was added is in the tables. */
  void flush() throws SQLException {
    for (Who who : changed) {
      Row row = newest.get(who);
      if (row != null) {
        put(who, row);
        trimIfDue(who, row);
      }
    }
    changed.clear();
  }

  /** What was added is not in the tables: it has been rolled back. */
  void forget() {
    newest.clear();
    changed.clear();
  }

  private void put(Who who, Row row) throws SQLException {
    if (row.count > 0 && row.changed) {
      put.setString(1, who.channel());
      put.setString(2, who.publisher());
      put.setLong(3, row.number);
      put.setLong(4, row.line);
      put.setLong(5, row.count);
      put.executeUpdate();
    }
    row.changed = false;
  }

  private void trimIfDue(Who who, Row row) throws SQLException {
    if (row.linesSinceTrim >= LINES_BETWEEN_TRIMS) {
      trim.setString(1, who.channel());
      trim.setString(2, who.publisher());
      trim.setLong(3, KEPT_LINES);
      trim.executeUpdate();
      row.linesSinceTrim = 0;
    }
  }

  @Override
  public void close() throws SQLException {
    put.close();
    trim.close();
  }
}
