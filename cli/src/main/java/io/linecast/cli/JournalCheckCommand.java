package io.linecast.cli;

import io.linecast.sqlite.JournalFile;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code linecast journal check}: whether a file is as it should be. */
@Command(
    name = "check",
    description = {
      "Looks whether a file is as it should be: SQLite's own integrity check; numbers without a gap"
          + " from the oldest line to the newest; times that never fall; what is told of channels and"
          + " of publishers against their lines. Changes nothing.",
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    usageHelpWidth = 100,
    footer = {
      "",
      "While a server has the file open it may be checked too; its log (FILE-wal) grows meanwhile.",
      "",
      "Exit codes: 0 all is well, 2 wrong options, 18 there is no such file, it is no journal, or"
          + " something is wrong.",
      "",
      "Examples:",
      "  linecast journal check lines.db",
      "  linecast journal check copy.db && mv copy.db lines.db",
    })
final class JournalCheckCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "The file, without 'sqlite:'.")
  private Path file;

  @Override
  public Integer call() {
    try (JournalFile journal = JournalFile.open(file)) {
      List<String> faults = check(journal);
      PrintWriter out = spec.commandLine().getOut();
      if (faults.isEmpty()) {
        out.println(file + ": all is well");
        out.flush();
        return ExitCode.OK.code();
      }
      out.flush();
      PrintWriter err = spec.commandLine().getErr();
      faults.forEach(fault -> err.println("linecast: " + file + ": " + SafeText.of(fault)));
      err.println(
          "linecast: the journal " + file + " is damaged; see docs/journal.md for what to do");
      return ExitCode.JOURNAL.code();
    }
  }

  private static List<String> check(JournalFile journal) {
    try (JournalBar bar = JournalBar.ofLines("check")) {
      return journal.check(bar);
    }
  }
}
