package io.linecast.cli;

import io.linecast.core.JournalException;
import io.linecast.server.StartException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns what went wrong into a line for people and a code for scripts. */
final class Failures {

  private Failures() {}

  static int onBadParameter(ParameterException failure, String[] args) {
    CommandLine command = failure.getCommandLine();
    PrintWriter err = command.getErr();
    String origin =
        command.getDefaultValueProvider() instanceof Settings settings
            ? settings.origin(command.getCommandSpec(), String.valueOf(failure.getMessage()))
            : "";
    err.println("linecast: " + failure.getMessage() + origin);
    if (!UnmatchedArgumentException.printSuggestions(failure, err)) {
      err.println("See: " + command.getCommandSpec().qualifiedName() + " --help");
    }
    return ExitCode.USAGE.code();
  }

  static int onUnreadableFile(UncheckedIOException failure, CommandLine command) {
    command.getErr().println("linecast: " + failure.getMessage());
    return ExitCode.FILE.code();
  }

  /** A stack trace is for faults of ours, never for a user's mistake. */
  static int onFailure(Exception failure, CommandLine command, ParseResult parsed) {
    PrintWriter err = command.getErr();
    if (failure instanceof StartException start) {
      err.println("linecast: " + start.getMessage());
      return ExitCode.of(start.reason()).code();
    }
    if (failure instanceof JournalException journal) {
      err.println("linecast: " + journal.getMessage());
      return (journal.isUsage() ? ExitCode.USAGE : ExitCode.JOURNAL).code();
    }
    if (failure instanceof UncheckedIOException file) {
      return onUnreadableFile(file, command);
    }
    err.println("linecast: this is a fault of the program; please report it with what follows");
    failure.printStackTrace(err);
    return ExitCode.FAULT.code();
  }
}
