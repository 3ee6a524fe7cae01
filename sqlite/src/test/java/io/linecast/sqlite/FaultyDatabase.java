package io.linecast.sqlite;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** A file whose commits do what a test says. */
final class FaultyDatabase implements Database {

  private final Database file;

  /** How many commits there have been, those that have failed among them. */
  final AtomicInteger commits = new AtomicInteger();

  private volatile Commit next = Connection::commit;

  /** What is done instead of a commit. */
  @FunctionalInterface
  interface Commit {
    void run(Connection connection) throws SQLException;
  }

  FaultyDatabase(Path file) {
    this.file = new SqliteFile(file, OpenJournal.BUSY_MILLIS);
  }

  /** What commits do from now on. */
  void onCommit(Commit commit) {
    next = commit;
  }

  /** The next one does this, the later ones what they should. */
  void onNextCommit(Commit commit) {
    next =
        connection -> {
          next = Connection::commit;
          commit.run(connection);
        };
  }

  /** What SQLite says when the disk does not take what was written. */
  static SQLException noFsync() {
    return new SQLiteException("on purpose", SQLiteErrorCode.SQLITE_IOERR_FSYNC);
  }

  @Override
  public Connection connect(Access access) throws SQLException {
    Connection real = file.connect(access);
    return (Connection)
        Proxy.newProxyInstance(
            Connection.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (_, method, arguments) -> {
              if (access == Access.WRITE && method.getName().equals("commit")) {
                commits.incrementAndGet();
                next.run(real);
                return null;
              }
              try {
                return method.invoke(real, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
