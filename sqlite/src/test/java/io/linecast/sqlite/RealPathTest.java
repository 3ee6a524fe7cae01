package io.linecast.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linecast.core.JournalException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A journal that is named by symbolic links. */
class RealPathTest {

  @TempDir Path folder;

  private Path file;
  private Path link;

  @BeforeEach
  void makeLinks() throws IOException {
    folder = folder.toRealPath();
    Path data = Files.createDirectory(folder.resolve("data"));
    file = data.resolve("lines.db");
    Path between = Files.createSymbolicLink(folder.resolve("between.db"), Path.of("data/lines.db"));
    link = Files.createSymbolicLink(folder.resolve("link.db"), between);
  }

  @Test
  void shouldFollowLinksAlsoToWhatIsNotThere() throws IOException {
    assertThat(RealPath.of(link)).isEqualTo(file);
    Files.createFile(file);
    assertThat(RealPath.of(link)).isEqualTo(file);
    assertThat(RealPath.of(file)).isEqualTo(file);
  }

  @Test
  void shouldFollowLinksToFolders() throws IOException {
    Path places = Files.createSymbolicLink(folder.resolve("places"), Path.of("data"));
    assertThat(RealPath.of(places.resolve("lines.db"))).isEqualTo(file);
  }

  @Test
  void shouldLeaveAsItIsWhatLeadsNowhere() throws IOException {
    Path missing = folder.resolve("missing/lines.db");
    assertThat(RealPath.of(missing)).isEqualTo(missing);
    Path circle = folder.resolve("circle.db");
    Files.createSymbolicLink(circle, Path.of("circle.db"));
    assertThat(RealPath.of(circle)).isEqualTo(circle);
  }

  @Test
  void shouldHaveOneLockHoweverItIsNamed() {
    try (SqliteJournals _ = SqliteJournals.open(link, Keeping.ALL);
        JournalFile read = JournalFile.open(file)) {
      assertThat(read.isHeld()).isTrue();
      assertThatThrownBy(() -> SqliteJournals.open(file, Keeping.ALL))
          .isInstanceOf(JournalException.class)
          .hasMessageContaining("another server's");
    }
    try (SqliteJournals _ = SqliteJournals.open(file, Keeping.ALL);
        JournalFile read = JournalFile.open(link)) {
      assertThat(read.isHeld()).isTrue();
      assertThatThrownBy(() -> SqliteJournals.open(link, Keeping.ALL))
          .hasMessageContaining("another server's");
      assertThatThrownBy(() -> JournalAppender.open(link, "main"))
          .hasMessageContaining("another server's");
    }
    assertThat(folder).isDirectoryNotContaining("glob:**.lock");
  }
}
