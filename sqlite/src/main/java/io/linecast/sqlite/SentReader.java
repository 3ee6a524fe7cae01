package io.linecast.sqlite;

import io.linecast.core.Journal.Sent;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** What publishers had sent before a file was opened. */
final class SentReader {

  private static final String FORGET =
      """
      DELETE FROM sent WHERE channel = ?1 AND publisher NOT IN (
        SELECT publisher FROM sent WHERE channel = ?1
        GROUP BY publisher ORDER BY max(line) DESC LIMIT ?2)
      """;

  /** Those who sent last come last, and are forgotten last. */
  private static final String SELECT =
      """
      SELECT publisher, number, line, count FROM sent
      JOIN (SELECT publisher AS name, max(line) AS newest FROM sent WHERE channel = ?1
        GROUP BY publisher) ON publisher = name
      WHERE channel = ?1 ORDER BY newest, publisher, number
      """;

  private SentReader() {}

  /** Reads all; forgets those of whom it is too long ago. */
  static List<Sent> read(Connection connection, String channel) throws SQLException {
    try (PreparedStatement forget = connection.prepareStatement(FORGET)) {
      forget.setString(1, channel);
      forget.setInt(2, SentWriter.MOST_PUBLISHERS);
      forget.executeUpdate();
    }
    List<Sent> sent = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(SELECT)) {
      select.setString(1, channel);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          sent.add(new Sent(row.getString(1), row.getLong(2), row.getLong(3), row.getInt(4)));
        }
      }
    }
    return List.copyOf(sent);
  }
}
