package io.linecast.sqlite;

import com.google.gson.Gson;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * Transactions like those of a journal, and nothing else: what SQLite itself does by the same
 * driver, with the same tables and settings, on a thread that has nothing to wait for. Writes what
 * it measures to standard output as JSON.
 *
 * <p>Words: {@code FILE rows|runs LINES LINE_BYTES SECONDS [RATE]}. {@code LINES} are those of a
 * transaction; {@code rows}: a statement for each, as anybody would; {@code runs}: one for all, as
 * the journal does. With a {@code RATE} a transaction begins so many times a second, or as soon as
 * the one before it has ended, and the thread sleeps between two; else one follows the other.
 */
public final class BareSqlite {

  private static final String CHANNEL = "main";
  private static final long WARM_UP_NANOS = TimeUnit.SECONDS.toNanos(3);
  private static final double NANOS_PER_SECOND = 1e9;
  private static final double NANOS_PER_MILLI = 1e6;

  private static final String ONE = "INSERT INTO lines VALUES (?, ?, ?, ?, ?, ?, ?)";

  private static final String MANY =
      "INSERT INTO lines SELECT ?1, ?2 + key, ?3, ?4, ?5 + key, ?6,"
          + " substr(?7, value >> ?9, value & ?10) FROM json_each(?8)";

  private static final String UPDATE =
      "UPDATE channels SET last = ?, time = ?, bytes = ? WHERE name = ? AND last = ?";

  private final Connection connection;
  private final PreparedStatement insert;
  private final PreparedStatement update;
  private final boolean isRuns;
  private final int lines;
  private final byte[] bytes;
  private final byte[] line;
  private final int lengthBits;
  private final String places;
  private long last;

  /** From one transaction's beginning to the next one's; 0: as soon as may be. */
  private long intervalNanos;

  private BareSqlite(Connection connection, boolean isRuns, int lines, int lineBytes)
      throws SQLException {
    this.connection = connection;
    this.isRuns = isRuns;
    this.lines = lines;
    line = new byte[lineBytes - 1];
    Arrays.fill(line, (byte) 'x');
    bytes = new byte[lines * lineBytes];
    lengthBits = Integer.SIZE - Integer.numberOfLeadingZeros(line.length);
    StringBuilder text = new StringBuilder("[");
    for (int i = 0; i < lines; i++) {
      System.arraycopy(line, 0, bytes, i * lineBytes, line.length);
      bytes[i * lineBytes + line.length] = '\n';
      text.append(i == 0 ? "" : ",");
      text.append((long) (i * lineBytes + 1) << lengthBits | line.length); // SQL counts from 1
    }
    places = text.append(']').toString();
    insert = connection.prepareStatement(isRuns ? MANY : ONE);
    update = connection.prepareStatement(UPDATE);
  }

  /** Runs. */
  public static void main(String[] words) throws SQLException {
    SqliteFile file = new SqliteFile(Path.of(words[0]), 0);
    SqliteJournals.prepare(file.path(), file);
    try (Connection connection = file.connect(Database.Access.WRITE)) {
      SqliteFile.run(connection, Settings.WRITER);
      SqliteJournals.insertIfNew(connection, CHANNEL);
      connection.setAutoCommit(false);
      boolean isRuns = words[1].equals("runs");
      int lines = Integer.parseInt(words[2]);
      BareSqlite bare = new BareSqlite(connection, isRuns, lines, Integer.parseInt(words[3]));
      if (words.length > 5) {
        bare.intervalNanos = TimeUnit.SECONDS.toNanos(1) / Integer.parseInt(words[5]);
      }
      System.out.println(new Gson().toJson(bare.measure(Integer.parseInt(words[4]))));
    }
  }

  /**
   * Where they come at a pace, the time of each is from when it was due, as that of an answer is:
   * those that have to wait behind one that takes long are part of what that one costs.
   */
  private Map<String, Object> measure(int seconds) throws SQLException {
    for (long began = System.nanoTime(); System.nanoTime() - began < WARM_UP_NANOS; ) {
      transaction();
    }
    Histogram histogram = new Histogram(3);
    long began = System.nanoTime();
    long end = began + TimeUnit.SECONDS.toNanos(seconds);
    long now = began;
    for (long due = began; now < end; due += intervalNanos) {
      now = awaitTime(due, now);
      long from = intervalNanos > 0 ? due : now;
      transaction();
      now = System.nanoTime();
      histogram.recordValue(now - from);
    }
    double rate = histogram.getTotalCount() / ((now - began) / NANOS_PER_SECOND);
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("statements", isRuns ? "runs" : "rows");
    figures.put("transaction_lines", lines);
    figures.put("line_bytes", line.length + 1);
    figures.put("transactions_per_second", rate);
    figures.put("lines_per_second", rate * lines);
    figures.put("commit_p50_millis", histogram.getValueAtPercentile(50) / NANOS_PER_MILLI);
    figures.put("commit_p90_millis", histogram.getValueAtPercentile(90) / NANOS_PER_MILLI);
    figures.put("commit_p99_millis", histogram.getValueAtPercentile(99) / NANOS_PER_MILLI);
    figures.put("clean", true);
    return figures;
  }

  /** Returns what time it is then. */
  private static long awaitTime(long due, long now) {
    long time = now;
    while (due > time) {
      LockSupport.parkNanos(due - time);
      time = System.nanoTime();
    }
    return time;
  }

  private void transaction() throws SQLException {
    long millis = System.currentTimeMillis();
    if (isRuns) {
      bind(millis, last + 1, bytes.clone());
      insert.setString(8, places);
      insert.setInt(9, lengthBits);
      insert.setLong(10, (1L << lengthBits) - 1);
      insert.executeUpdate();
    } else {
      for (int i = 1; i <= lines; i++) {
        bind(millis, last + i, line);
        insert.executeUpdate();
      }
    }
    update.setLong(1, last + lines);
    update.setLong(2, millis);
    update.setLong(3, (last + lines) * (line.length + 1));
    update.setString(4, CHANNEL);
    update.setLong(5, last);
    update.executeUpdate();
    connection.commit();
    last += lines;
  }

  private void bind(long millis, long first, byte[] value) throws SQLException {
    insert.setString(1, CHANNEL);
    insert.setLong(2, first);
    insert.setLong(3, millis);
    insert.setNull(4, Types.VARCHAR);
    insert.setNull(5, Types.INTEGER);
    insert.setString(6, "127.0.0.1:50000");
    insert.setBytes(7, value);
  }
}
