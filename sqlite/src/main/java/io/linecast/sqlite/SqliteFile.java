package io.linecast.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.JDBC;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteOpenMode;

/**
 * A database in a file.
 *
 * @param path where it is
 * @param busyMillis how long a connection waits for another program that has it locked
 */
record SqliteFile(Path path, int busyMillis) implements Database {

  @Override
  public Connection connect(Access access) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout(busyMillis);
    config.setTransactionMode(SQLiteConfig.TransactionMode.DEFERRED);
    if (access == Access.READ) {
      config.setReadOnly(true);
      config.resetOpenMode(SQLiteOpenMode.CREATE);
    }
    // As a URI: a path may have a question mark, after which the driver looks for settings.
    String url = JDBC.PREFIX + path.toAbsolutePath().toUri().getRawSchemeSpecificPart();
    return JDBC.createConnection(
        url.replace(JDBC.PREFIX, JDBC.PREFIX + "file:"), config.toProperties());
  }

  /** Runs statements that return nothing of interest. */
  static void run(Connection connection, String... statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }
}
