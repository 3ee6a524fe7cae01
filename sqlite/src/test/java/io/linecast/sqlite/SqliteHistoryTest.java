package io.linecast.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqliteHistoryTest {

  @TempDir Path folder;

  private Path file;

  @BeforeEach
  void nameFile() {
    file = folder.resolve("lines.db");
  }

  @Test
  void shouldHaveNothingAtFirst() throws IOException {
    try (OpenJournal open = new OpenJournal(file)) {
      assertThat(open.journal.history().oldest()).isEqualTo(Long.MAX_VALUE);
      assertThat(open.read(1, 10)).isEqualTo("11+0 ");
      assertThat(open.journal.history().lineAt(Instant.EPOCH)).isEqualTo(Long.MAX_VALUE);
    }
  }

  @Test
  void shouldReadWhatIsAskedForAsFarAsThereIs() throws IOException {
    try (OpenJournal open = new OpenJournal(file)) {
      open.keep("a\nbb\nccc\n");
      assertThat(open.journal.history().oldest()).isEqualTo(1);
      assertThat(open.read(2, 2)).isEqualTo("2+1 bb\n");
      assertThat(open.read(2, 99)).isEqualTo("2+2 bb\nccc\n");
      assertThat(open.read(4, 99)).isEqualTo("100+0 ");
    }
    try (OpenJournal open = new OpenJournal(file)) {
      assertThat(open.read(1, 3)).isEqualTo("1+3 a\nbb\nccc\n");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"0 0 0", "0 1 0", "1 1", "3 4 0 7 8", "127 128 0 129", "65535 0 65536 1"})
  void shouldKeepLinesOfAllLengthsThatComeTogether(String lengths) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (String length : lengths.split(" ", -1)) {
      lines.append("x".repeat(Integer.parseInt(length))).append('\n');
    }
    int count = lengths.split(" ", -1).length;
    try (OpenJournal open = new OpenJournal(file)) {
      open.keep(lines.toString());
      assertThat(open.read(1, count)).isEqualTo("1+" + count + " " + lines);
    }
  }

  @Test
  void shouldReadNoMoreThanThereIsRoomFor() throws IOException {
    try (OpenJournal open = new OpenJournal(file)) {
      open.keep("a\nbb\nccc\n" + "d".repeat(1000) + "\n" + Batches.lines(100));
      assertThat(open.read(1, 104, 10)).isIn("1+1 a\n", "1+2 a\nbb\n", "1+3 a\nbb\nccc\n");
      assertThat(open.read(4, 104, 1000)).as("no room for one").isEqualTo("4+0 ");
      assertThat(open.read(5, 104, 60)).startsWith("5+").contains("x\nx\n");
    }
  }

  @Test
  void shouldReadAllByAndBy() throws IOException {
    try (OpenJournal open = new OpenJournal(file)) {
      StringBuilder all = new StringBuilder();
      for (int i = 0; i < 50; i++) {
        StringBuilder some = new StringBuilder();
        for (int j = 0; j < 40; j++) {
          some.append(i).append("-".repeat(i * j % 97)).append(j).append('\n');
        }
        open.keep(some.toString());
        all.append(some);
      }
      StringBuilder read = new StringBuilder();
      for (long next = 1; next <= 2000; ) {
        String stretch = open.read(next, 2000, 3000);
        int space = stretch.indexOf(' ');
        next += Long.parseLong(stretch.substring(stretch.indexOf('+') + 1, space));
        read.append(stretch, space + 1, stretch.length());
      }
      assertThat(read.toString()).isEqualTo(all.toString());
    }
  }

  @Test
  void shouldFindTheFirstLineOfATime() throws IOException {
    OpenJournal.Clock clock = new OpenJournal.Clock();
    try (OpenJournal open = new OpenJournal(file, clock.time, Keeping.ALL)) {
      for (long seconds : new long[] {2000, 3000, 2500, 4000}) {
        clock.set(seconds); // once it goes back, and the lines' times do not
        open.keep("a\nb\n");
      }
      assertThat(lineAt(open, 0)).isEqualTo(1);
      assertThat(lineAt(open, 2000)).isEqualTo(1);
      assertThat(lineAt(open, 2001)).isEqualTo(3);
      assertThat(lineAt(open, 3000)).isEqualTo(3);
      assertThat(lineAt(open, 3001)).isEqualTo(7);
      assertThat(lineAt(open, 4001)).isEqualTo(Long.MAX_VALUE);
      Instant justAfter = Instant.ofEpochSecond(2000).plus(Duration.ofNanos(1));
      assertThat(open.journal.history().lineAt(justAfter)).isEqualTo(3);
      assertThat(open.journal.history().lineAt(Instant.MAX)).isEqualTo(Long.MAX_VALUE);
      assertThat(open.journal.history().lineAt(Instant.MIN)).isEqualTo(1);
    }
  }

  private static long lineAt(OpenJournal open, long seconds) throws IOException {
    return open.journal.history().lineAt(Instant.ofEpochSecond(seconds));
  }

  @Test
  void shouldSayThatALineIsMissing() throws Exception {
    try (OpenJournal open = new OpenJournal(file)) {
      open.keep("a\nb\nc\n");
      try (var connection = new SqliteFile(file, 1000).connect(Database.Access.WRITE)) {
        SqliteFile.run(connection, "DELETE FROM lines WHERE seq = 2");
      }
      assertThatThrownBy(() -> open.read(1, 3))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("missing");
    }
  }
}
