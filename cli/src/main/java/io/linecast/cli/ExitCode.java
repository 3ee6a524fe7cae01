package io.linecast.cli;

import io.linecast.server.StartException;

/** What the command's exit code says. Scripts rely on these: a code never changes its meaning. */
enum ExitCode {
  /** Done; for a server: stopped in an orderly way. */
  OK(0, "done; a server: stopped in an orderly way"),
  /** A fault of the program's own; it says what. */
  FAULT(1, "a fault of the program itself"),
  /** The command line, environment or configuration file is wrong. */
  USAGE(2, "wrong options, environment or configuration file"),
  /** The port is taken. */
  PORT_IN_USE(3, "somebody else listens on the port"),
  /** The system does not allow it. */
  NOT_PERMITTED(4, "not permitted, such as a port below 1024"),
  /** The address to bind is none of this machine's. */
  NO_SUCH_ADDRESS(5, "the address to bind is none of this machine's"),
  /** A file could not be read or written. */
  FILE(6, "a file cannot be read or written"),
  /** The load's account does not balance. */
  LOST(7, "bench: lines were lost or wrong, or no rate was sustained"),
  /** There was no server to load, or no way to load it. */
  LOAD_NOT_RUN(8, "bench: the load could not be run"),
  /** No server could be reached, or the connection was lost and is not to be had again. */
  NO_CONNECTION(
      9, "send, listen, chat, top: there is no server, or the connection was lost for good"),
  /** The server does not do what was asked. */
  REFUSED(12, "send, listen, chat, top: the server refuses, or is no linecast server"),
  /** A line has no acknowledgement. */
  NOT_ACKNOWLEDGED(13, "send, chat: a line was not acknowledged"),
  /** Lines will never come. */
  GAP(14, "listen --fail-on-gap: lines were missed"),
  /** There is a server, and no TLS with it. */
  NO_TLS(
      15,
      "send, listen, chat, top: no TLS with the server: one of the two does not trust the other"),
  /** The server wants to know who that is, or knows and does not allow it. */
  NOT_ADMITTED(
      16, "send, listen, chat, top: the server asks for a token, or for one with more rights"),
  /** A token's name is there already, or is not there. */
  TOKEN_NAME(17, "token: there is a token of that name already, or none"),
  /** Where lines are kept cannot be had. */
  JOURNAL(18, "serve, journal: the journal cannot be opened, or is damaged");

  private final int code;
  private final String text;

  ExitCode(int code, String text) {
    this.code = code;
    this.text = text;
  }

  int code() {
    return code;
  }

  String text() {
    return text;
  }

  static ExitCode of(StartException.Reason reason) {
    return switch (reason) {
      case USAGE -> USAGE;
      case PORT_IN_USE -> PORT_IN_USE;
      case NOT_PERMITTED -> NOT_PERMITTED;
      case NO_SUCH_ADDRESS -> NO_SUCH_ADDRESS;
      case FILE -> FILE;
      case JOURNAL -> JOURNAL;
    };
  }
}
