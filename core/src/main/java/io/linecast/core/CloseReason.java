package io.linecast.core;

/** Why a connection ended. One reason each, counted and logged under this name. */
public enum CloseReason {
  /** The client ended its sending side and was sent all that was accepted up to then. */
  FINISHED("the client finished"),
  /** The client closed or reset the connection. */
  GONE("the client went away"),
  /** The client fell a whole window behind. */
  SLOW("too slow: a whole window behind"),
  /** The client sent an over-long line where that closes the connection. */
  TOO_LONG("sent a line over the limit"),
  /** The client's hello was refused, or it broke the protocol it had asked for. */
  PROTOCOL("refused, or broke the protocol"),
  /** Another connection publishes under the client's name now. */
  SUPERSEDED("its publisher has a newer connection"),
  /** The client had more lines unanswered than it may. */
  OVERLOAD("too many lines unanswered"),
  /** Nothing was sent or received for the idle timeout. */
  IDLE("idle for too long"),
  /** The server had as many connections as it may have. */
  FULL("no more connections allowed"),
  /** Too many connections, or too many in a moment, came from its address. */
  CROWDED("too many from its address"),
  /** It did not get through what comes before its first line: a PROXY header, or TLS. */
  HANDSHAKE("the handshake failed"),
  /** It may do nothing here, or may do nothing any more. */
  AUTH("not permitted"),
  /** The server had no memory left for it. */
  MEMORY("the server was out of memory for its clients"),
  /** What the client had still to hear of what is kept could not be read. */
  JOURNAL("the journal could not be read"),
  /** The server stopped in an orderly way. */
  SHUTTING_DOWN("the server is shutting down"),
  /** A fault of the server's own. */
  FAULT("an internal fault");

  private final String text;

  CloseReason(String text) {
    this.text = text;
  }

  /** The reason in words for people. */
  public String text() {
    return text;
  }
}
