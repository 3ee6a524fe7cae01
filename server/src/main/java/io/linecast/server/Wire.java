package io.linecast.server;

import java.util.Locale;

/**
 * How somebody speaks with the server. A connection of a line port begins as {@link #PLAIN}, one of
 * the web port as {@link #HTTP}.
 */
public enum Wire {
  /** Plain lines. */
  PLAIN,
  /** LINECAST/1 on a line port. */
  ACKNOWLEDGED,
  /** A WebSocket, of plain lines or of LINECAST/1. */
  WEBSOCKET,
  /** Server-sent events. */
  EVENTS,
  /** HTTP otherwise: requests, and lines followed as text. */
  HTTP;

  private final String word = name().toLowerCase(Locale.ROOT);

  /** What it is called in figures. */
  public String word() {
    return word;
  }
}
