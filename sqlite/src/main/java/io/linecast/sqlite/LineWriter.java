package io.linecast.sqlite;

import io.linecast.core.Numbering;
import io.linecast.protocol.LineFeeds;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Puts lines into the table. A batch goes in by one statement: SQLite is given all of its bytes and
 * where the lines are in them, and makes the rows; so nothing is made for a line here but a few
 * digits, and the driver is not called for each (docs/decisions/0018).
 *
 * <p>The writer's thread only.
 */
final class LineWriter implements AutoCloseable {

  /** Where a line begins in its bytes, and in the lower bits how long it is. */
  private static final int LENGTH_BITS = 28;

  private static final String ONE = "INSERT INTO lines VALUES (?, ?, ?, ?, ?, ?, ?)";

  private static final String MANY =
      "INSERT INTO lines SELECT ?1, ?2 + key, ?3, ?4, ?5 + key, ?6,"
          + " substr(?7, value >> 28, value & 268435455) FROM json_each(?8)";

  private final PreparedStatement one;
  private final PreparedStatement many;
  private final StringBuilder places = new StringBuilder();

  LineWriter(Connection connection) throws SQLException {
    one = connection.prepareStatement(ONE);
    many = connection.prepareStatement(MANY);
  }

  /**
   * Writes a batch's lines, those of a run of numbers at a time.
   *
   * @param bytes where its bytes are
   */
  void write(WaitingBatch batch, byte[] bytes, long timeMillis, long firstLine)
      throws SQLException {
    Numbering numbering = batch.batch().numbering();
    int at = batch.offset();
    for (int done = 0; done < batch.lines(); ) {
      int count = numbering == null ? batch.lines() : runLength(numbering, done, batch.lines());
      long number = numbering == null ? 0 : numbering.number(done);
      PreparedStatement statement = count == 1 ? one : many;
      statement.setString(1, batch.journal().channel());
      statement.setLong(2, firstLine + done);
      statement.setLong(3, timeMillis);
      setText(statement, 4, batch.publisher());
      if (numbering == null) {
        statement.setNull(5, Types.INTEGER);
      } else {
        statement.setLong(5, number);
      }
      setText(statement, 6, batch.batch().source().isEmpty() ? null : batch.batch().source());
      at = count == 1 ? setLine(bytes, at) : setLines(bytes, at, count);
      statement.executeUpdate();
      done += count;
    }
  }

  /** How many numbers follow each other from that of a line on. */
  static int runLength(Numbering numbering, int from, int lines) {
    int to = from + 1;
    while (to < lines && numbering.number(to) == numbering.number(to - 1) + 1) {
      to++;
    }
    return to - from;
  }

  private static void setText(PreparedStatement statement, int at, @Nullable String text)
      throws SQLException {
    if (text == null) {
      statement.setNull(at, Types.VARCHAR);
    } else {
      statement.setString(at, text);
    }
  }

  /** Returns where the next line begins. */
  private int setLine(byte[] bytes, int from) throws SQLException {
    int end = endOf(bytes, from);
    one.setBytes(7, Arrays.copyOfRange(bytes, from, end));
    return end + 1;
  }

  private int setLines(byte[] bytes, int from, int count) throws SQLException {
    places.setLength(0);
    int at = from;
    for (int i = 0; i < count; i++) {
      int end = endOf(bytes, at);
      places.append(i == 0 ? '[' : ',');
      places.append((long) (at - from + 1) << LENGTH_BITS | (end - at)); // SQL counts from 1
      at = end + 1;
    }
    many.setBytes(7, Arrays.copyOfRange(bytes, from, at));
    many.setString(8, places.append(']').toString());
    return at;
  }

  private static int endOf(byte[] bytes, int from) {
    int i = from;
    while (bytes[i] != LineFeeds.LF) {
      i++;
    }
    return i;
  }

  /** Its statements go with their connection. */
  @Override
  public void close() throws SQLException {
    one.close();
    many.close();
  }
}
