package io.linecast.cli;

import picocli.CommandLine.Command;

/** {@code linecast journal}: a journal's file, looked at and moved. */
@Command(
    name = "journal",
    description =
        "Looks at, checks and moves the lines that a server keeps in a file (serve --journal).",
    mixinStandardHelpOptions = true,
    versionProvider = Linecast.Version.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      JournalInfoCommand.class,
      JournalCheckCommand.class,
      JournalExportCommand.class,
      JournalImportCommand.class
    },
    footer = {
      "",
      "All but import may be done while a server has the file open.",
      "",
      "Examples:",
      "  linecast journal info lines.db",
      "  linecast journal check lines.db                   0 if all is well, 18 if not",
      "  linecast journal export lines.db --from -100      the last 100 lines",
      "  linecast journal import lines.db < feed.txt",
    })
final class JournalCommand {}
