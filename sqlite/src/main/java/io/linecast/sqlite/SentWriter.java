package io.linecast.sqlite;

import io.linecast.sqlite.SentTable.Row;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts down what publishers have sent, in runs, once a transaction: numbers that follow each other
 * and whose lines do are one row, which grows. That is bounded, however long lines are kept: of
 * each publisher the newest {@value #KEPT_LINES} lines stay, of all of a channel about {@value
 * #CHANNEL_ROWS} rows, each having its share, and of them those who sent last.
 *
 * <p>The writer's thread only.
 */
final class SentWriter implements AutoCloseable {

  /** So many lines of a publisher are known at least, unless its share of rows is too small. */
  static final int KEPT_LINES = 10_000;

  /** How many rows a channel's publishers share. */
  static final int CHANNEL_ROWS = 1 << 20;

  /** So many publishers of a channel are known: those who sent last. */
  static final int MOST_PUBLISHERS = 65_536;

  /** Nobody has a smaller share. */
  static final int LEAST_ROWS = 16;

  private static final int LINES_BETWEEN_TRIMS = KEPT_LINES / 2;

  private final SentTable table;
  private final int mostPublishers;
  private final int channelRows;
  private final List<Row> changed = new ArrayList<>();

  /**
   * Of each channel everybody of whom the table has rows, by name; whoever sent last comes last.
   */
  private final Map<String, Map<String, Row>> channels = new HashMap<>();

  SentWriter(Connection connection) throws SQLException {
    this(connection, MOST_PUBLISHERS, CHANNEL_ROWS);
  }

  /** With other bounds. */
  SentWriter(Connection connection, int mostPublishers, int channelRows) throws SQLException {
    this.table = new SentTable(connection);
    this.mostPublishers = mostPublishers;
    this.channelRows = channelRows;
  }

  /** Numbers from one on became lines from one on. */
  void add(String channel, String publisher, long number, long line, long count)
      throws SQLException {
    Row row = rowOf(channel, publisher);
    if (!row.isContinuedBy(number, line) || row.count + count > KEPT_LINES) {
      putIfChanged(row);
      if (number < row.nextNumber()) { // the publisher had been forgotten, and has begun anew
        table.cut(row, number);
      }
      row.begin(number, line);
    }
    row.count += count;
    row.linesSinceTrim += count;
    if (!row.isChanged) {
      row.isChanged = true;
      changed.add(row);
    }
  }

  private Row rowOf(String channel, String publisher) throws SQLException {
    Map<String, Row> publishers = channels.get(channel);
    if (publishers == null) {
      publishers = load(channel);
      channels.put(channel, publishers);
    }
    Row row = publishers.get(publisher);
    if (row == null) {
      row = new Row(channel, publisher);
      publishers.put(publisher, row);
      forgetSurplus(publishers);
    }
    return row;
  }

  private Map<String, Row> load(String channel) throws SQLException {
    Map<String, Row> publishers = new LinkedHashMap<>(16, 0.75f, true);
    for (Row row : table.load(channel)) {
      publishers.put(row.publisher, row);
    }
    return publishers;
  }

  private void forgetSurplus(Map<String, Row> publishers) throws SQLException {
    Iterator<Row> longest = publishers.values().iterator();
    for (int surplus = publishers.size() - mostPublishers; surplus > 0; surplus--) {
      table.forget(longest.next());
      longest.remove();
    }
  }

  /** All that was added is in the table. */
  void flush() throws SQLException {
    for (Row row : changed) {
      if (row.isChanged) {
        putIfChanged(row);
        trimIfDue(row);
      }
    }
    changed.clear();
  }

  /** What was added is not in the table: it has been rolled back. */
  void forget() {
    channels.clear();
    changed.clear();
  }

  private void putIfChanged(Row row) throws SQLException {
    if (row.isChanged) {
      table.put(row);
    }
  }

  private void trimIfDue(Row row) throws SQLException {
    int publishers = channels.getOrDefault(row.channel, Map.of()).size();
    long share = Math.clamp(channelRows / Math.max(1, publishers), LEAST_ROWS, KEPT_LINES);
    if (row.linesSinceTrim >= LINES_BETWEEN_TRIMS || row.rows >= 2 * share) {
      table.trim(row, KEPT_LINES, share);
    }
  }

  @Override
  public void close() throws SQLException {
    table.close();
  }
}
