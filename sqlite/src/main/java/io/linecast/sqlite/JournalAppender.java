package io.linecast.sqlite;

import io.linecast.core.JournalException;
import io.linecast.protocol.LineFeeds;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Appends lines to a channel of a journal's file that no server has open, in transactions of some
 * {@value #TRANSACTION_BYTES} bytes. For one thread.
 *
 * <p>All methods throw a {@link JournalException} when the file cannot be written; its message says
 * which, why, and what to do. What has been committed before stays.
 */
public final class JournalAppender implements AutoCloseable {

  private static final int BUSY_MILLIS = 5_000;
  private static final long TRANSACTION_BYTES = 64 << 20;

  /** Of a line beside its bytes, about: many short ones are to be committed too. */
  private static final int LINE_EXTRA_BYTES = 64;

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

  private static final String INSERT = "INSERT INTO lines VALUES (?, ?, ?, ?, ?, ?, ?)";

  private static final String UPDATE =
      "UPDATE channels SET last = ?, time = ?, bytes = ? WHERE name = ?";

  private static final String HIGHEST =
      "SELECT max(number + count - 1) FROM sent WHERE channel = ? AND publisher = ?";

  private final Path path;
  private final String channel;
  private final OwnerLock lock;
  private final Connection connection;
  private final PreparedStatement insert;
  private final SentWriter sent;

  /** The highest number of each publisher that has come; grows with their number. */
  private final Map<String, Long> highest = new HashMap<>();

  private final long lastBefore;
  private ChannelRow row;
  private long committedLast;
  private long uncommittedBytes;

  private JournalAppender(Path path, String channel, OwnerLock lock, Connection connection)
      throws SQLException {
    this.path = path;
    this.channel = channel;
    this.lock = lock;
    this.connection = connection;
    SqliteFile.run(connection, Settings.WRITER);
    connection.setAutoCommit(false);
    SqliteJournals.insertIfNew(connection, channel);
    row = WriteSession.channel(connection, channel).orElseThrow();
    lastBefore = row.last();
    committedLast = row.last();
    insert = connection.prepareStatement(INSERT);
    sent = new SentWriter(connection);
  }

  /**
   * Opens a file, or makes it.
   *
   * @param channel 1 to 64 of {@code A-Za-z0-9_.-}; it is made if the file has none of that name
   */
  public static JournalAppender open(Path named, String channel) {
    if (!NAME.matcher(channel).matches()) {
      throw new JournalException(
          true, "'" + channel + "' is no channel's name: 1 to 64 of A-Z a-z 0-9 _ . -");
    }
    Path path = RealPath.of(named);
    SqliteJournals.checkPlace(path);
    OwnerLock lock = OwnerLock.take(path);
    Connection connection = null;
    try {
      Database database = new SqliteFile(path, BUSY_MILLIS);
      SqliteJournals.prepare(path, database);
      connection = database.connect(Database.Access.WRITE);
      return new JournalAppender(path, channel, lock, connection);
    } catch (SQLException e) {
      giveBack(lock, connection);
      throw SqliteJournals.trouble(path, e);
    } catch (RuntimeException | Error e) {
      giveBack(lock, connection);
      throw e;
    }
  }

  private static void giveBack(OwnerLock lock, @Nullable Connection connection) {
    try (OwnerLock _ = lock;
        Connection _ = connection) {
      return;
    } catch (SQLException e) {
      return; // it was not used
    }
  }

  /**
   * Appends a line under the channel's next number, whatever its own is. A time before that of the
   * line before becomes that one.
   *
   * @throws IllegalArgumentException if there can be no such line in the channel; it is not
   *     appended, and the message says why
   */
  public void add(StoredLine line) {
    try {
      check(line);
      row = row.plus(1, line.bytes().length + 1, line.time().toEpochMilli());
      insert.setString(1, channel);
      insert.setLong(2, row.last());
      insert.setLong(3, row.timeMillis());
      setText(4, line.publisher());
      setNumber(line);
      setText(6, line.origin());
      insert.setBytes(7, line.bytes());
      insert.executeUpdate();
      uncommittedBytes += line.bytes().length + LINE_EXTRA_BYTES;
      if (uncommittedBytes >= TRANSACTION_BYTES) {
        commit();
      }
    } catch (SQLException e) {
      throw SqliteJournals.trouble(path, e);
    }
  }

  /** Whose number it is must be known for it to be remembered: without a name nobody repeats it. */
  private void setNumber(StoredLine line) throws SQLException {
    if (line.number().isEmpty()) {
      insert.setNull(5, Types.INTEGER);
      return;
    }
    long number = line.number().getAsLong();
    insert.setLong(5, number);
    if (line.publisher().isPresent()) {
      sent.add(channel, line.publisher().get(), number, row.last(), 1);
    }
  }

  private void check(StoredLine line) throws SQLException {
    for (byte each : line.bytes()) {
      require(each != LineFeeds.LF, "it has a line feed in it");
    }
    line.publisher()
        .ifPresent(
            name ->
                require(
                    NAME.matcher(name).matches(),
                    "its publisher's name is not 1 to 64 of A-Z a-z 0-9 _ . -"));
    if (line.number().isEmpty()) {
      return;
    }
    long number = line.number().getAsLong();
    require(number > 0, "its publisher's number is not 1 or more");
    if (line.publisher().isPresent()) {
      String publisher = line.publisher().get();
      long before = highest(publisher);
      require(
          number > before,
          "publisher " + publisher + " has sent number " + before + " before; this is " + number);
      highest.put(publisher, number);
    }
  }

  private static void require(boolean isSo, String otherwise) {
    if (!isSo) {
      throw new IllegalArgumentException(otherwise);
    }
  }

  private long highest(String publisher) throws SQLException {
    Long known = highest.get(publisher);
    if (known != null) {
      return known;
    }
    try (PreparedStatement select = connection.prepareStatement(HIGHEST)) {
      select.setString(1, channel);
      select.setString(2, publisher);
      try (ResultSet found = select.executeQuery()) {
        return found.next() ? found.getLong(1) : 0;
      }
    }
  }

  private void setText(int at, Optional<String> text) throws SQLException {
    if (text.isPresent()) {
      insert.setString(at, text.get());
    } else {
      insert.setNull(at, Types.VARCHAR);
    }
  }

  /** What has been appended is on the disk when this returns. */
  public void commit() {
    try (PreparedStatement update = connection.prepareStatement(UPDATE)) {
      sent.flush();
      update.setLong(1, row.last());
      update.setLong(2, row.timeMillis());
      update.setLong(3, row.bytes());
      update.setString(4, channel);
      update.executeUpdate();
      connection.commit();
      committedLast = row.last();
      uncommittedBytes = 0;
    } catch (SQLException e) {
      throw SqliteJournals.trouble(path, e);
    }
  }

  /** The first line that has been appended, or will be. */
  public long firstLine() {
    return lastBefore + 1;
  }

  /** The last line of those that have been committed. */
  public long committedLast() {
    return committedLast;
  }

  /** Ends; what has not been committed is gone. */
  @Override
  public void close() {
    try (OwnerLock _ = lock;
        Connection open = connection) {
      open.rollback();
    } catch (SQLException e) {
      throw SqliteJournals.trouble(path, e);
    }
  }
}
