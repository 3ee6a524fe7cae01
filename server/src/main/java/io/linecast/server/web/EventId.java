package io.linecast.server.web;

import io.linecast.protocol.Decimal;
import java.util.Optional;

/**
 * The last event that a browser has had, as it says when it reconnects: {@code <epoch>-<seq>}.
 *
 * @param epoch the numbering's name
 * @param line the line's number; 0 before the first
 */
public record EventId(String epoch, long line) {

  /** Reads it; empty if it is none of ours. */
  public static Optional<EventId> parse(String text) {
    int dash = text.lastIndexOf('-');
    long line = Decimal.parse(text.substring(dash + 1));
    return dash > 0 && line != Decimal.NONE
        ? Optional.of(new EventId(text.substring(0, dash), line))
        : Optional.empty();
  }
}
