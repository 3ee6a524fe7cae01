package io.linecast.protocol;

import java.util.Locale;
import java.util.Optional;

/** What becomes of a {@code SEND} that comes faster than the server allows. */
public enum OverRate {
  /** It is read later. */
  WAIT,
  /** It is answered {@code FAIL rate}. */
  FAIL;

  private final String word = name().toLowerCase(Locale.ROOT);

  /** As it is written on the wire. */
  public String word() {
    return word;
  }

  /** The one that is written so; empty if it is none of these. */
  static Optional<OverRate> of(String word) {
    for (OverRate choice : values()) {
      if (choice.word.equals(word)) {
        return Optional.of(choice);
      }
    }
    return Optional.empty();
  }
}
