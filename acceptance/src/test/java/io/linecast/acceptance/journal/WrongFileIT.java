package io.linecast.acceptance.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.linecast.acceptance.BlackBox;
import io.linecast.acceptance.Program;
import io.linecast.acceptance.ServerLauncher;
import io.linecast.acceptance.ServerUnderTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that cannot be journals: the server says so, does not start, and leaves them alone. */
@BlackBox
class WrongFileIT {

  private static final int JOURNAL = 18;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir Path folder;

  @Test
  void shouldNotTakeAnotherProgramsDatabase() throws IOException, SQLException {
    Path file = folder.resolve("addresses.db");
    try (Connection connection = JournalFile.connect(file)) {
      JournalFile.run(connection, "CREATE TABLE addresses(name TEXT)");
    }
    byte[] before = Files.readAllBytes(file);
    assertRefused(file, "database of something else");
    assertThat(file).hasBinaryContent(before);
  }

  @Test
  void shouldLeaveAnotherProgramsLogAsAKillLeftIt() throws IOException, SQLException {
    Path file = folder.resolve("addresses.db");
    Path log = folder.resolve("addresses.db-wal");
    Path killed = folder.resolve("open.db");
    try (Connection connection = JournalFile.connect(killed)) {
      JournalFile.run(connection, "PRAGMA journal_mode = WAL");
      JournalFile.run(connection, "CREATE TABLE addresses(name TEXT)");
      Files.copy(killed, file);
      Files.copy(folder.resolve("open.db-wal"), log);
    }
    byte[] before = Files.readAllBytes(file);
    byte[] logBefore = Files.readAllBytes(log);
    assertRefused(file, "database of something else");
    assertThat(file).hasBinaryContent(before);
    assertThat(log).hasBinaryContent(logBefore);
  }

  @Test
  void shouldNotTakeAFileThatIsNoDatabase() throws IOException {
    String text = "Dear diary, today nobody said anything.\n".repeat(200);
    Path file = Files.writeString(folder.resolve("diary.txt"), text);
    assertRefused(file, "no SQLite file");
    assertThat(file).hasBinaryContent(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void shouldNotTakeAJournalOfALaterVersion() throws SQLException {
    Path file = folder.resolve("lines.db");
    try (ServerUnderTest server = ServerUnderTest.start("--journal", "sqlite:" + file)) {
      assertThat(server.stop()).isZero();
    }
    try (Connection connection = JournalFile.connect(file)) {
      JournalFile.run(connection, "PRAGMA user_version = 99");
    }
    assertRefused(file, "later linecast");
  }

  @Test
  void shouldNotShareAJournal() {
    Path file = folder.resolve("lines.db");
    try (ServerUnderTest server = ServerUnderTest.start("--journal", "sqlite:" + file)) {
      assertRefused(file, "another server's");
      assertThat(server.stop()).isZero();
    }
  }

  @Test
  void shouldNotShareAJournalByALinkEither() throws IOException {
    Path file = folder.resolve("lines.db");
    Path link = Files.createSymbolicLink(folder.resolve("link.db"), file);
    try (ServerUnderTest server = ServerUnderTest.start("--journal", "sqlite:" + link)) {
      assertRefused(file, "another server's");
      assertRefused(link, "another server's", file);
      assertThat(server.stop()).isZero();
    }
  }

  @Test
  void shouldNotTakeAFolderOrAFileInOneThatIsNotThere() {
    assertRefused(folder, "is a folder");
    assertRefused(folder.resolve("missing/lines.db"), "no folder");
  }

  @Test
  void shouldSayThatTheFolderMayNotBeWritten() throws IOException {
    Path file = Files.createDirectory(folder.resolve("closed")).resolve("lines.db");
    boolean closed = file.getParent().toFile().setWritable(false, false);
    assumeTrue(closed, "the file system here knows no permissions");
    ServerLauncher launcher = new ServerLauncher();
    if (Files.isWritable(file.getParent())) {
      launcher.behind("setpriv", "--bounding-set=-dac_override", "--inh-caps=-dac_override");
      assumeTrue(canDropPrivilege(), "root may write anywhere, and setpriv is not to be had");
    }
    assertRefused(launcher, file, "lines.db", file);
    assertThat(file).doesNotExist();
  }

  private static boolean canDropPrivilege() {
    try (Program probe = Program.shell("setpriv --bounding-set=-dac_override true")) {
      return probe.exitCode(PATIENCE) == 0;
    }
  }

  private static void assertRefused(Path file, String words) {
    assertRefused(file, words, file);
  }

  private static void assertRefused(Path file, String words, Path said) {
    assertRefused(new ServerLauncher(), file, words, said);
  }

  private static void assertRefused(ServerLauncher launcher, Path file, String words, Path said) {
    launcher.with("--port", "0", "--journal", "sqlite:" + file);
    try (Program program = launcher.program()) {
      assertThat(program.exitCode(PATIENCE)).as("%s", program.output()).isEqualTo(JOURNAL);
      assertThat(program.output())
          .contains(words, said.toString())
          .doesNotContain("Exception", "\tat ");
    }
  }
}
