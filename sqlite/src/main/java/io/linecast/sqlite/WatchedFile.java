package io.linecast.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * A database whose file, and the log beside it, must stay where they were opened. SQLite does not
 * mind: it would go on writing to what has been removed or replaced, where nobody finds it again,
 * or make a new file in its place.
 *
 * <p>One connection writes, by the writer's thread; any thread reads.
 */
final class WatchedFile implements Database {

  private final Database database;
  private final Path file;
  private final Path log;

  /** What the system knows the file by; null where it has nothing of that kind. */
  private final @Nullable Object fileKey;

  /** Null until the log has been looked at. The writer's thread only. */
  private @Nullable Object logKey;

  /** Watches a file that is there. */
  WatchedFile(Database database, Path file) {
    this.database = database;
    this.file = file;
    this.log = file.resolveSibling(file.getFileName() + "-wal");
    this.fileKey = keyOf(file);
  }

  @Override
  public Connection connect(Access access) throws SQLException {
    requireSame(fileKey, file);
    if (access == Access.WRITE) {
      logKey = null; // the last connection that is closed takes the log away
    }
    return database.connect(access);
  }

  @Override
  public void requireInPlace() throws SQLException {
    requireSame(fileKey, file);
    if (logKey == null) {
      logKey = keyOf(log);
    }
    requireSame(logKey, log);
  }

  private static void requireSame(@Nullable Object key, Path path) throws SQLException {
    if (!Objects.equals(key, keyOf(path))) {
      throw new SQLiteException(path + " was moved", SQLiteErrorCode.SQLITE_READONLY_DBMOVED);
    }
  }

  private static @Nullable Object keyOf(Path path) {
    try {
      return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    } catch (IOException e) {
      return null; // it is not there
    }
  }
}
