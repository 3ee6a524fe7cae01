package io.linecast.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code linecast journal}, on files that servers have made and will go on with. */
class JournalCommandIT {

  private static final int JOURNAL = 18;

  @TempDir private Path folder;

  private Program journal(String command, String file, String... words) {
    return Command.start(Map.of(), "journal", command, concat(folder.resolve(file), words));
  }

  private static String[] concat(Path file, String... words) {
    return Stream.concat(Stream.of(file.toString()), Stream.of(words)).toArray(String[]::new);
  }

  private Program shell(String script) {
    return Program.shell(
        "set -o pipefail; linecast=$1; cd $2; " + script, ServerLauncher.launcher(), folder);
  }

  private static void expectSuccess(Program program) {
    try (program) {
      Command.expectEnd(program, 0);
    }
  }

  @Test
  void shouldReadWhatAServerKeepsWhileItRunsAndWriteOnlyAfterwards() throws IOException {
    String file = folder.resolve("lines.db").toString();
    try (ServerUnderTest server = ServerUnderTest.start("--journal", "sqlite:" + file)) {
      String script = "printf '%s\\n' {1..20000} | \"$linecast\" send --publisher ann $server";
      expectSuccess(Command.script(server, script));
      try (Program info = journal("info", "lines.db")) {
        Command.expectEnd(info, 0);
        assertThat(info.stdoutText()).contains("a server has it open", "20,000", "main");
      }
      expectSuccess(journal("check", "lines.db"));
      try (Program export = journal("export", "lines.db", "--from", "-2")) {
        Command.expectEnd(export, 0);
        assertThat(export.stdoutText()).isEqualTo("19999\n20000\n");
      }
      try (Program head = shell("$linecast journal export lines.db | head -1")) {
        Command.expectEnd(head, 0);
        assertThat(head.output()).isEqualTo("1\n");
      }
      try (Program refused = shell("echo x | $linecast journal import lines.db")) {
        Command.expectEnd(refused, JOURNAL);
        assertThat(refused.output()).contains("another server's").doesNotContain("Exception");
      }
      assertThat(server.stop()).isZero();
    }
    expectSuccess(shell("echo imported | $linecast journal import lines.db"));
    try (ServerUnderTest server = ServerUnderTest.start("--journal", "sqlite:" + file);
        Program listen = Command.start("listen", server, "--from", "20000", "--count", "2")) {
      Command.expectEnd(listen, 0);
      assertThat(listen.stdoutText()).isEqualTo("20000\nimported\n");
    }
  }

  @Test
  void shouldCarryNumbersOfThoseWhoGaveNoName() {
    try (ServerUnderTest server =
        ServerUnderTest.start("--journal", "sqlite:" + folder.resolve("a.db"))) {
      String hello = "LINECAST/1 by-hand-1 listen=no\\n";
      String script =
          "for i in 1 2; do exec 3<>/dev/tcp/${server%:*}/${server##*:};"
              + (" printf '" + hello + "SEND 1 a\\nSEND 7 b\\nQUIT\\n' >&3; cat <&3; done");
      expectSuccess(Command.script(server, script));
      assertThat(server.stop()).isZero();
    }
    String script =
        """
        $linecast journal export a.db --json > a.json &&
        $linecast journal import b.db --json < a.json &&
        $linecast journal export b.db --json | cmp - a.json &&
        $linecast journal check b.db && cat a.json
        """;
    try (Program program = shell(script)) {
      Command.expectEnd(program, 0);
      assertThat(program.stdoutText().split("\n"))
          .filteredOn(line -> line.contains("\"number\":") && !line.contains("publisher"))
          .hasSize(4);
    }
  }

  @Test
  void shouldCarryRealFeedsThroughFilesByteForByte() throws IOException {
    String data = System.getenv("LINECAST_DATA");
    assumeTrue(data != null, "LINECAST_DATA names no folder of real feeds");
    try (Stream<Path> files = Files.list(Path.of(data))) {
      List<Path> feeds = files.filter(file -> file.toString().endsWith(".txt")).sorted().toList();
      assertThat(feeds).isNotEmpty();
      for (Path feed : feeds) {
        Files.copy(feed, folder.resolve("feed"));
        // What follows the last line feed is a line, and gets one.
        String script =
            """
            [ -z "$(tail -c 1 feed)" ] || echo >> feed
            $linecast journal import a.db < feed &&
            $linecast journal export a.db | cmp - feed &&
            $linecast journal export a.db --json | $linecast journal import b.db --json &&
            $linecast journal export b.db | cmp - feed &&
            $linecast journal check b.db && rm -f a.db* b.db* feed
            """;
        try (Program program = shell(script)) {
          Command.expectEnd(program, 0);
          assertThat(program.output()).as(feed.toString()).contains("all is well");
        }
      }
    }
  }
}
