package io.linecast.protocol;

import java.util.Locale;
import java.util.Optional;

/** What a {@code SENT} says; each includes the ones before it. */
public enum AckLevel {
  /** The line has its number and its place. */
  ACCEPTED,
  /** It is as lasting as the journal. */
  STORED,
  /** Every client that was connected then, and still is, has had its bytes handed to its socket. */
  WRITTEN,
  /** Every acknowledged listener among these has said that it has dealt with it. */
  DONE;

  /** As it is written on the wire. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The level that is written so; empty if it is none of these. */
  public static Optional<AckLevel> of(String word) {
    for (AckLevel level : values()) {
      if (level.word().equals(word)) {
        return Optional.of(level);
      }
    }
    return Optional.empty();
  }
}
