package io.linecast.server;

/** The server cannot start, for a reason that its user can mend; the message says how. */
public final class StartException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** The kinds of reasons, as far as a program would tell them apart. */
  public enum Reason {
    /** A setting that cannot be. */
    USAGE,
    /** Somebody else listens on the port. */
    PORT_IN_USE,
    /** The system does not allow it. */
    NOT_PERMITTED,
    /** The address is none of this machine's. */
    NO_SUCH_ADDRESS,
    /** The journal cannot be opened. */
    JOURNAL,
    /** A file cannot be read, or says what cannot be. */
    FILE
  }

  private final Reason reason;

  /** A reason, and a message for people. */
  public StartException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  /** The kind of reason. */
  public Reason reason() {
    return reason;
  }
}
