package io.linecast.sqlite;

import io.linecast.core.Numbering;
import io.linecast.protocol.Decimal;
import io.linecast.protocol.LineFeeds;
import java.nio.charset.StandardCharsets;
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

  private static final String ONE = "INSERT INTO lines VALUES (?, ?, ?, ?, ?, ?, ?)";

  /**
   * A value is where a line begins in its bytes, and in the lower bits how long it is: as few of
   * them as there must be, because each digit is written and read.
   */
  private static final String MANY =
      "INSERT INTO lines SELECT ?1, ?2 + key, ?3, ?4, ?5 + key, ?6,"
          + " substr(?7, value >> ?9, value & ?10) FROM json_each(?8)";

  /** What a batch of more lines needed is not kept. */
  private static final int KEPT_LINES = 16 << 10;

  private static final int PLACE_MAX_BYTES = 1 + Decimal.MAX_DIGITS;

  private final PreparedStatement one;
  private final PreparedStatement many;
  private int[] ends = new int[KEPT_LINES];
  private byte[] places = new byte[KEPT_LINES * PLACE_MAX_BYTES + 1];

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
    int lengthBits = findEnds(bytes, from, count);
    int behind = ends[count - 1] + 1;
    many.setBytes(7, Arrays.copyOfRange(bytes, from, behind));
    many.setString(8, places(from, count, lengthBits));
    many.setInt(9, lengthBits);
    many.setLong(10, (1L << lengthBits) - 1);
    return behind;
  }

  /** Returns how many bits the longest line's length has. */
  private int findEnds(byte[] bytes, int from, int count) {
    if (count > ends.length || ends.length > KEPT_LINES) {
      int room = Math.max(count, KEPT_LINES);
      ends = new int[room];
      places = new byte[Math.addExact(Math.multiplyExact(room, PLACE_MAX_BYTES), 1)];
    }
    int lengths = 0;
    int at = from;
    for (int i = 0; i < count; i++) {
      ends[i] = endOf(bytes, at);
      lengths |= ends[i] - at;
      at = ends[i] + 1;
    }
    return Integer.SIZE - Integer.numberOfLeadingZeros(lengths);
  }

  /** As JSON. */
  private String places(int from, int count, int lengthBits) {
    int size = 0;
    int at = from;
    for (int i = 0; i < count; i++) {
      places[size++] = (byte) (i == 0 ? '[' : ',');
      long place = 1L + at - from; // SQL counts from 1
      size = Decimal.write(places, size, place << lengthBits | (ends[i] - at));
      at = ends[i] + 1;
    }
    places[size++] = ']';
    return new String(places, 0, size, StandardCharsets.US_ASCII);
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
