package io.linecast.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Removes a channel's oldest lines from the table. The writer's thread only. */
final class LineRemover implements AutoCloseable {

  private static final String OLDEST =
      "SELECT seq, time, length(line) + 1 FROM lines"
          + " WHERE channel = ? AND seq >= ? ORDER BY seq LIMIT ?";

  private static final String REMOVE = "DELETE FROM lines WHERE channel = ? AND seq < ?";

  private final PreparedStatement oldest;
  private final PreparedStatement remove;

  LineRemover(Connection connection) throws SQLException {
    oldest = connection.prepareStatement(OLDEST);
    remove = connection.prepareStatement(REMOVE);
  }

  /**
   * What is to go.
   *
   * @param first the oldest line that stays
   * @param bytes how many those before it have
   * @param firstMillis that line's time; {@link AgeLimit#NONE} if there is no line left
   */
  record Cut(long first, long bytes, long firstMillis) {

    /** The channel without what is to go. */
    ChannelRow of(ChannelRow row) {
      return row.from(first, bytes);
    }
  }

  /** How much may go at once: one line at least. */
  record Budget(long lines, long bytes) {
    Budget without(ChannelRow before, Cut cut) {
      return new Budget(lines - (cut.first - before.first()), bytes - cut.bytes);
    }

    boolean isSpent() {
      return lines <= 0 || bytes <= 0;
    }
  }

  /** Finds out what is to go, as far as the budget allows. */
  Cut find(String channel, ChannelRow row, Keeping keeping, long limitMillis, Budget budget)
      throws SQLException {
    oldest.setString(1, channel);
    oldest.setLong(2, row.first());
    oldest.setLong(3, budget.lines() + 1);
    long lines = 0;
    long bytes = 0;
    try (ResultSet line = oldest.executeQuery()) {
      while (line.next()) {
        long seq = line.getLong(1);
        long timeMillis = line.getLong(2);
        long length = line.getLong(3);
        boolean fits = lines == 0 || bytes + length <= budget.bytes();
        if (lines == budget.lines()
            || !fits
            || !keeping.isOver(row, seq, timeMillis, bytes, limitMillis)) {
          return new Cut(seq, bytes, timeMillis);
        }
        lines++;
        bytes += length;
      }
    }
    return new Cut(row.last() + 1, row.bytes(), AgeLimit.NONE);
  }

  /** Removes what is to go. */
  void remove(String channel, Cut cut) throws SQLException {
    remove.setString(1, channel);
    remove.setLong(2, cut.first());
    remove.executeUpdate();
  }

  @Override
  public void close() throws SQLException {
    oldest.close();
    remove.close();
  }
}
