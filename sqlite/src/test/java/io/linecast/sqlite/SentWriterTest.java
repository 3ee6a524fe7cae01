package io.linecast.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.linecast.core.Journal.Sent;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is known of publishers, and what is not any more. */
class SentWriterTest {

  @TempDir Path folder;

  private Connection connection;
  private SentWriter sent;

  @BeforeEach
  void createTables() throws SQLException {
    connection = new SqliteFile(folder.resolve("lines.db"), 100).connect(Database.Access.WRITE);
    Schema.create(connection);
    connection.setAutoCommit(false);
    sent = new SentWriter(connection, 3, 8 * SentWriter.LEAST_ROWS);
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  @Test
  void shouldHaveNumbersThatFollowEachOtherInOneRow() throws SQLException {
    sent.add("main", "ann", 1, 11, 2);
    sent.add("main", "ann", 3, 13, 1);
    sent.flush();
    sent.add("main", "ann", 4, 14, 5);
    sent.add("main", "ann", 9, 20, 1);
    sent.flush();
    assertThat(rows()).containsExactly(new Sent("ann", 1, 11, 8), new Sent("ann", 9, 20, 1));
  }

  @Test
  void shouldForgetHigherNumbersOfAPublisherThatBeginsAnew() throws SQLException {
    sent.add("main", "ann", 1, 1, 50);
    sent.add("main", "ann", 60, 51, 10);
    sent.add("other", "ann", 70, 1, 1);
    sent.add("main", "bob", 70, 61, 1);
    sent.flush();
    sent.add("main", "ann", 1, 62, 2);
    sent.flush();
    assertThat(rows()).containsExactly(new Sent("bob", 70, 61, 1), new Sent("ann", 1, 62, 2));
    assertThat(SentReader.read(connection, "other")).containsExactly(new Sent("ann", 70, 1, 1));
  }

  @Test
  void shouldKnowTheLowerNumbersOfAPublisherThatBeginsAnewInTheMiddle() throws SQLException {
    sent.add("main", "ann", 1, 1, 50);
    sent.add("main", "ann", 40, 51, 5); // within the same transaction
    sent.flush();
    assertThat(rows()).containsExactly(new Sent("ann", 1, 1, 39), new Sent("ann", 40, 51, 5));
    sent.add("main", "ann", 44, 56, 1);
    sent.flush();
    assertThat(rows())
        .containsExactly(
            new Sent("ann", 1, 1, 39), new Sent("ann", 40, 51, 4), new Sent("ann", 44, 56, 1));
  }

  @Test
  void shouldForgetHigherNumbersAlsoOfARestartBefore() throws SQLException {
    sent.add("main", "ann", 5, 1, 50);
    sent.flush();
    SentWriter later = new SentWriter(connection);
    later.add("main", "ann", 5, 51, 1);
    later.flush();
    assertThat(rows()).containsExactly(new Sent("ann", 5, 51, 1));
  }

  @Test
  void shouldGoOnWithARowAfterARestart() throws SQLException {
    sent.add("main", "ann", 5, 1, 50);
    sent.flush();
    SentWriter later = new SentWriter(connection);
    later.add("main", "ann", 55, 51, 1);
    later.flush();
    assertThat(rows()).containsExactly(new Sent("ann", 5, 1, 51));
  }

  @Test
  void shouldForgetWhoeverHasNotSentForLongest() throws SQLException {
    long line = 1;
    for (String publisher : List.of("ann", "bob", "cleo", "ann", "dora")) {
      sent.add("main", publisher, line, line++, 1);
      sent.flush();
    }
    assertThat(rows()).extracting(Sent::publisher).containsExactly("cleo", "ann", "ann", "dora");
    sent.add("main", "bob", 1, 6, 1);
    sent.flush();
    assertThat(rows()).extracting(Sent::publisher).containsExactly("ann", "ann", "dora", "bob");
  }

  @Test
  void shouldLeaveEachItsShareOfRows() throws SQLException {
    for (int i = 1; i <= 3 * 1000; i++) { // of three in turn: no line follows another of its sender
      sent.add("main", "p" + i % 3, i, i, 1);
      sent.flush();
    }
    int share = 8 * SentWriter.LEAST_ROWS / 3;
    assertThat(rows()).hasSizeBetween(3 * share, 3 * 2 * share);
    assertThat(rows().getLast()).isEqualTo(new Sent("p0", 3000, 3000, 1));
    assertThat(rows()).contains(new Sent("p1", 2998, 2998, 1));
  }

  @Test
  void shouldKnowNothingThatWasRolledBack() throws SQLException {
    sent.add("main", "ann", 1, 1, 5);
    sent.flush();
    connection.commit();
    sent.add("main", "ann", 6, 6, 5);
    sent.flush();
    connection.rollback();
    sent.forget();
    sent.add("main", "ann", 6, 6, 1);
    sent.flush();
    assertThat(rows()).containsExactly(new Sent("ann", 1, 1, 6));
  }

  private List<Sent> rows() throws SQLException {
    return SentReader.read(connection, "main");
  }
}
