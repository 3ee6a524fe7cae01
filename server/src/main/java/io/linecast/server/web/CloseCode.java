package io.linecast.server.web;

/** Why a WebSocket ends, as its last frame says it (RFC 6455, 7.4.1). */
public enum CloseCode {
  /** As it was asked for. */
  NORMAL(1000),
  /** The server stops. */
  GOING_AWAY(1001),
  /** What came was no WebSocket. */
  PROTOCOL_ERROR(1002),
  /** A text that is no UTF-8. */
  NOT_TEXT(1007),
  /** The client has broken a rule of ours. */
  POLICY(1008),
  /** A message over the limit. */
  TOO_BIG(1009),
  /** A fault of the server's own. */
  FAULT(1011);

  private final int number;

  CloseCode(int number) {
    this.number = number;
  }

  int number() {
    return number;
  }
}
