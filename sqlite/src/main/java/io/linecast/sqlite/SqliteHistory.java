package io.linecast.sqlite;

import io.linecast.core.History;
import io.linecast.protocol.LineFeeds;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A channel's lines, read from the file. SQLite joins as many as there is room for to one value:
 * one call for all, and nothing is made for a line.
 */
final class SqliteHistory implements History {

  /** So many lines at most at once. */
  private static final long MOST_LINES = 65_536;

  private final String channel;
  private final Supplier<ChannelRow> row;
  private final Readers readers;

  SqliteHistory(String channel, Supplier<ChannelRow> row, Readers readers) {
    this.channel = channel;
    this.row = row;
    this.readers = readers;
  }

  @Override
  public long oldest() {
    ChannelRow now = row.get();
    return now.first() > now.last() ? Long.MAX_VALUE : now.first();
  }

  @Override
  public Stretch read(long first, long last, ByteBuffer into) throws IOException {
    while (true) {
      ChannelRow now = row.get();
      long from = Math.max(first, now.first());
      long to = Math.min(last, now.last());
      if (from > to) {
        return new Stretch(last + 1, 0);
      }
      Optional<Stretch> stretch = readers.ask(reader -> read(reader, from, to, into));
      if (stretch.isPresent()) {
        return stretch.get();
      }
      if (row.get().first() <= from) {
        throw new IOException("line " + from + " of channel " + channel + " is missing");
      } // or else it has just been let go
    }
  }

  /** Empty if some of the lines are not there. */
  private Optional<Stretch> read(Readers.Reader reader, long from, long to, ByteBuffer into)
      throws SQLException {
    long room = into.remaining();
    long lines = Math.min(to - from + 1, linesFor(room));
    while (true) {
      Extent extent = extent(reader, from, from + lines - 1);
      if (extent.lines < lines) {
        return Optional.empty();
      }
      if (extent.bytes <= room) {
        return put(reader, from, lines, into);
      }
      if (lines == 1) {
        return Optional.of(new Stretch(from, 0)); // there is no room for it
      }
      lines = Math.max(1, Math.min(lines - 1, lines * room / extent.bytes));
    }
  }

  /** About as many lines as there is room for, as long as they are on the average. */
  private long linesFor(long room) {
    ChannelRow now = row.get();
    long average = Math.max(1, now.bytes() / Math.max(1, now.lines()));
    return Math.clamp(room / average + 1, 1, MOST_LINES);
  }

  private record Extent(long lines, long bytes) {}

  private Extent extent(Readers.Reader reader, long from, long to) throws SQLException {
    try (ResultSet found = ask(reader.extent, from, to)) {
      return new Extent(found.getLong(1), found.getLong(2));
    }
  }

  private Optional<Stretch> put(Readers.Reader reader, long from, long lines, ByteBuffer into)
      throws SQLException {
    try (ResultSet found = ask(reader.lines, from, from + lines - 1)) {
      if (found.getLong(1) < lines) {
        return Optional.empty();
      }
      byte[] joined = found.getBytes(2);
      into.put(joined == null ? new byte[0] : joined).put(LineFeeds.LF);
      return Optional.of(new Stretch(from, (int) lines));
    }
  }

  private ResultSet ask(PreparedStatement statement, long from, long to) throws SQLException {
    statement.setString(1, channel);
    statement.setLong(2, from);
    statement.setLong(3, to);
    ResultSet found = statement.executeQuery();
    found.next();
    return found;
  }

  /** Times never fall, so it lies where a search that halves finds it. */
  @Override
  public long lineAt(Instant time) throws IOException {
    long millis = millisNotBefore(time);
    return readers.ask(
        reader -> {
          ChannelRow now = row.get();
          long low = now.first();
          long high = now.last() + 1;
          while (low < high) {
            long middle = (low + high) >>> 1;
            if (timeOf(reader, middle) >= millis) {
              high = middle;
            } else {
              low = middle + 1;
            }
          }
          return low > now.last() ? Long.MAX_VALUE : low;
        });
  }

  private static long millisNotBefore(Instant time) {
    try {
      long millis = time.toEpochMilli();
      return Instant.ofEpochMilli(millis).isBefore(time) ? millis + 1 : millis;
    } catch (ArithmeticException e) {
      return time.isAfter(Instant.EPOCH) ? Long.MAX_VALUE : 0;
    }
  }

  /** A line that has just been let go is older than any that is asked for. */
  private long timeOf(Readers.Reader reader, long line) throws SQLException {
    reader.time.setString(1, channel);
    reader.time.setLong(2, line);
    try (ResultSet found = reader.time.executeQuery()) {
      return found.next() ? found.getLong(1) : Long.MIN_VALUE;
    }
  }
}
