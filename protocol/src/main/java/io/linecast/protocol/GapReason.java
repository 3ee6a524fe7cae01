package io.linecast.protocol;

import java.util.Locale;
import java.util.Optional;

/** Why lines will never come. */
public enum GapReason {
  /** The listener was too slow. */
  SLOW,
  /** They are kept no more. */
  EXPIRED,
  /** They belong to a numbering that has ended. */
  EPOCH,
  /** There never were any under these numbers. */
  VOID;

  /** Whether anything is missed. */
  public boolean isLoss() {
    return this != VOID;
  }

  /** As it is written on the wire. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The reason that is written so; empty if it is none of these. */
  public static Optional<GapReason> of(String word) {
    for (GapReason reason : values()) {
      if (reason.word().equals(word)) {
        return Optional.of(reason);
      }
    }
    return Optional.empty();
  }
}
