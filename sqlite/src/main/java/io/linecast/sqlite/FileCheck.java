package io.linecast.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks whether a journal's file is as it should be: first SQLite itself at its pages, then at what
 * a server relies on. All of the latter as it is at one moment, while others go on writing.
 */
final class FileCheck {

  /** So many faults are told; who has more has one kind of trouble. */
  private static final int MOST_TOLD = 20;

  private static final int LINES_BETWEEN_NEWS = 1_000;

  private static final String LINES =
      """
      SELECT seq, time, publisher, number, length(line), instr(line, x'0A') FROM lines
      WHERE channel = ? ORDER BY seq
      """;

  private static final String HOMELESS =
      """
      SELECT DISTINCT channel FROM lines WHERE channel NOT IN (SELECT name FROM channels)
      UNION SELECT DISTINCT channel FROM sent WHERE channel NOT IN (SELECT name FROM channels)
      """;

  private static final String OTHERS_LINES =
      """
      SELECT sent.publisher, sent.number + lines.seq - sent.line, seq
      FROM sent JOIN lines ON lines.channel = sent.channel
        AND lines.seq BETWEEN sent.line AND sent.line + sent.count - 1
      WHERE sent.channel = ? AND (lines.publisher IS NOT sent.publisher
        OR lines.number IS NOT sent.number + lines.seq - sent.line)
      """;

  private static final String SENT =
      "SELECT publisher, max(number + count - 1), max(line + count - 1) FROM sent"
          + " WHERE channel = ? GROUP BY publisher";

  private final Path path;
  private final Connection connection;
  private final FileProgress progress;
  private final List<String> faults = new ArrayList<>();
  private int untold;
  private long done;
  private long total;

  FileCheck(Path path, Connection connection, FileProgress progress) {
    this.path = path;
    this.connection = connection;
    this.progress = progress;
  }

  /** What is wrong; nothing if all is well. */
  List<String> run() {
    try {
      connection.setAutoCommit(false);
      try {
        progress.at("pages", 0, 0);
        checkPages();
        checkChannels();
      } finally {
        connection.rollback();
        connection.setAutoCommit(true);
      }
    } catch (SQLException e) {
      SqlTrouble trouble = SqlTrouble.of(e);
      if (trouble != SqlTrouble.DAMAGED && trouble != SqlTrouble.NO_DATABASE) {
        throw SqliteJournals.trouble(path, e);
      }
      fault("SQLite cannot read it: " + e.getMessage());
    }
    if (untold > 0) {
      faults.add("and " + untold + " more");
    }
    return List.copyOf(faults);
  }

  private void fault(String what) {
    if (faults.size() < MOST_TOLD) {
      faults.add(what);
    } else {
      untold++;
    }
  }

  private void checkPages() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("PRAGMA integrity_check(" + MOST_TOLD + ")")) {
      while (row.next()) {
        if (!row.getString(1).equals("ok")) {
          fault("SQLite's integrity check: " + row.getString(1).strip());
        }
      }
    }
  }

  private record Named(String name, ChannelRow row) {}

  private void checkChannels() throws SQLException {
    List<Named> channels = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT name FROM channels ORDER BY name")) {
      while (row.next()) {
        String name = row.getString(1);
        channels.add(new Named(name, WriteSession.channel(connection, name).orElseThrow()));
      }
    }
    total = channels.stream().mapToLong(each -> Math.max(0, each.row().lines())).sum();
    for (Named channel : channels) {
      ChannelCheck check = new ChannelCheck(channel.name(), channel.row(), this::fault);
      checkLines(channel.name(), check);
      checkSent(channel.name(), check);
    }
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(HOMELESS)) {
      while (row.next()) {
        fault(
            "there are lines of channel " + row.getString(1) + ", which is not among the channels");
      }
    }
  }

  private void checkLines(String channel, ChannelCheck check) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(LINES)) {
      select.setString(1, channel);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          check.onLine(
              row.getLong(1),
              row.getLong(2),
              row.getString(3),
              row.getLong(4),
              row.getLong(5),
              row.getLong(6) > 0);
          if (++done % LINES_BETWEEN_NEWS == 0) {
            progress.at("lines", done, total);
          }
        }
      }
    }
    check.onEnd();
  }

  private void checkSent(String channel, ChannelCheck check) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(SENT)) {
      select.setString(1, channel);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          check.onSent(row.getString(1), row.getLong(2), row.getLong(3));
        }
      }
    }
    try (PreparedStatement select = connection.prepareStatement(OTHERS_LINES)) {
      select.setString(1, channel);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          check.onOthersLine(row.getString(1), row.getLong(2), row.getLong(3));
        }
      }
    }
  }
}
