package io.linecast.acceptance.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** A journal's file, as a program sees it that knows SQLite and not linecast. */
final class JournalFile {

  private JournalFile() {}

  static Connection connect(Path file) {
    try {
      return DriverManager.getConnection("jdbc:sqlite:" + file);
    } catch (SQLException e) {
      throw new IllegalStateException("cannot open " + file, e);
    }
  }

  static void run(Connection connection, String sql) {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  /** SQLite finds no fault with it, and no publisher's number has become two lines. */
  static void requireSound(Path file) {
    try (Connection connection = connect(file)) {
      assertThat(ask(connection, "PRAGMA integrity_check")).containsExactly("ok");
      assertThat(
              ask(
                  connection,
                  "SELECT publisher || ' ' || number FROM lines WHERE publisher IS NOT NULL"
                      + " GROUP BY channel, publisher, number HAVING count(*) > 1"))
          .as("publishers' numbers that have become several lines")
          .isEmpty();
    } catch (SQLException e) {
      throw new IllegalStateException("cannot read " + file, e);
    }
  }

  private static List<String> ask(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> found = new ArrayList<>();
      while (rows.next()) {
        found.add(rows.getString(1));
      }
      return found;
    }
  }
}
