package io.linecast.server;

/** What becomes of a client that sends a line over the limit. */
public enum TooLong {
  /** The line is discarded and the client stays. */
  DISCARD,
  /** The client is closed. */
  CLOSE
}
