package io.linecast.cli;

import io.linecast.client.Address;
import io.linecast.client.ClientException;
import io.linecast.client.TlsException;
import io.linecast.protocol.Code;
import java.io.IOException;
import java.util.Optional;
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
    return report(command, failure.getMessage() + advice(command, failure), codeOf(failure));
  }

  private static String advice(CommandLine command, ClientException failure) {
    if (isOfAuthority(failure)) {
      return " (a token comes by --token-file FILE, or " + IdentityFlags.TOKEN_VARIABLE + ")";
    }
    return failure.reason() == ClientException.Reason.NOT_LINECAST
            && command.getCommandSpec().findOption("--plain") != null
        ? " (--plain is for servers that relay plain lines only)"
        : "";
  }

  /** A connection in plain lines has come to nothing. */
  static int report(CommandLine command, Address.Server server, IOException failure) {
    boolean noTls = failure instanceof TlsException tls && tls.isLasting();
    return report(
        command,
        "cannot connect to " + server + ": " + failure.getMessage(),
        noTls ? ExitCode.NO_TLS : ExitCode.NO_CONNECTION);
  }

  private static boolean isOfAuthority(ClientException failure) {
    return failure.reason() == ClientException.Reason.REFUSED
        && failure.code().equals(Optional.of(Code.AUTH));
  }

  static ExitCode codeOf(ClientException failure) {
    return switch (failure.reason()) {
      case UNREACHABLE, LOST, SUPERSEDED, CLOSED, INTERRUPTED -> ExitCode.NO_CONNECTION;
      case TLS -> ExitCode.NO_TLS;
      case REFUSED -> isOfAuthority(failure) ? ExitCode.NOT_ADMITTED : ExitCode.REFUSED;
      case NOT_LINECAST, NO_SUCH_LINE, PROTOCOL -> ExitCode.REFUSED;
      case HANDLER, BEHIND -> ExitCode.FAULT;
    };
  }
}
