package io.linecast.cli;

import io.linecast.client.ClientException;
import picocli.CommandLine;

/** Turns the end of a client into a line for people and a code for scripts. */
final class ClientTrouble {

  private ClientTrouble() {}

  static int report(CommandLine command, String message, ExitCode code) {
    // A server's own words may be in it.
    String words = SafeText.of(message);
    command.getErr().println("linecast " + command.getCommandName() + ": " + words);
    command.getErr().flush();
    return code.code();
  }

  static int report(CommandLine command, ClientException failure) {
    String advice =
        failure.reason() == ClientException.Reason.NOT_LINECAST
                && command.getCommandSpec().findOption("--plain") != null
            ? " (--plain is for servers that relay plain lines only)"
            : "";
    return report(command, failure.getMessage() + advice, codeOf(failure));
  }

  static ExitCode codeOf(ClientException failure) {
    return switch (failure.reason()) {
      case UNREACHABLE, LOST, SUPERSEDED, CLOSED, INTERRUPTED -> ExitCode.NO_CONNECTION;
      case NOT_LINECAST, REFUSED, NO_SUCH_LINE, PROTOCOL -> ExitCode.REFUSED;
      case HANDLER, BEHIND -> ExitCode.FAULT;
    };
  }
}
