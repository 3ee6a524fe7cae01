package io.linecast.client;

import io.linecast.protocol.Code;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Why a client could not connect, or has ended. */
public class ClientException extends RuntimeException {

  private static final long serialVersionUID = 1;

  /** What has happened. */
  public enum Reason {
    /** No server could be reached, as often as the builder allows. */
    UNREACHABLE,
    /** What answers does not speak LINECAST/1; {@link PlainClient} may be for it. */
    NOT_LINECAST,
    /**
     * There is a server, and no TLS with it ({@code linecasts://}) until somebody changes
     * something: it is not who it should be, speaks no TLS, or will not have this client without a
     * certificate.
     */
    TLS,
    /** The server has refused the hello for good; {@link #code} says why. */
    REFUSED,
    /** There is no such line to begin with: the first line asked for is past the channel's next. */
    NO_SUCH_LINE,
    /** The connection was lost, and the builder says not to reconnect. */
    LOST,
    /** Another connection has this client's publisher name now. */
    SUPERSEDED,
    /** One side has broken the protocol; {@link #code} tells if the server says it was this one. */
    PROTOCOL,
    /** The line handler has thrown an exception (the cause), or left its thread interrupted. */
    HANDLER,
    /**
     * The thread that takes what is heard waited for an acknowledgement, and more was heard
     * meanwhile than the client keeps: {@link ClientBuilder#queue} and 64 MiB.
     */
    BEHIND,
    /** The calling thread was interrupted while it waited; nothing has happened. */
    INTERRUPTED,
    /** The program has closed the client. */
    CLOSED
  }

  private final Reason reason;
  private final @Nullable Code code;

  ClientException(Reason reason, @Nullable Code code, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.reason = reason;
    this.code = code;
  }

  ClientException(Reason reason, String message) {
    this(reason, null, message, null);
  }

  /** Something in the client has gone wrong that should not have. */
  static ClientException ofItself(Throwable e) {
    return new ClientException(Reason.PROTOCOL, null, "the client itself has failed: " + e, e);
  }

  /** What has happened. */
  public Reason reason() {
    return reason;
  }

  /** The server's word for it, if it has given one. */
  public Optional<Code> code() {
    return Optional.ofNullable(code);
  }
}
