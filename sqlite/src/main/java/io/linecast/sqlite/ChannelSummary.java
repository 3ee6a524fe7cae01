package io.linecast.sqlite;

import java.time.Instant;
import java.util.Optional;

/**
 * What a journal's file has of a channel.
 *
 * @param name the channel's
 * @param epoch the name of its numbering
 * @param first the oldest line that is kept; {@code last + 1} if none is
 * @param last the newest line that there ever was; 0 if there was none
 * @param oldest when the oldest line was taken; empty if none is kept
 * @param newest when the newest line was taken; empty if none is kept
 * @param bytes of all lines that are kept, with their line feeds
 * @param publishers how many are known by name, so that a number they repeat makes no second line
 */
public record ChannelSummary(
    String name,
    String epoch,
    long first,
    long last,
    Optional<Instant> oldest,
    Optional<Instant> newest,
    long bytes,
    long publishers) {

  /** How many lines are kept. */
  public long lines() {
    return last - first + 1;
  }
}
