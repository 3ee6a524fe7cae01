package io.linecast.cli;

/** No status is to be had; the message says why, with what may be another's words in it. */
final class StatusException extends Exception {

  private static final long serialVersionUID = 1;

  private final ExitCode exitCode;

  StatusException(ExitCode exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  /** What the program ends with if that is the end. */
  ExitCode exitCode() {
    return exitCode;
  }

  String words() {
    return String.valueOf(getMessage());
  }
}
