package io.linecast.protocol;

import java.util.Locale;
import java.util.Optional;

/** Why something was refused or a connection ended: the codes of LINECAST/1. */
public enum Code {
  /** The hello is no hello. */
  BAD_HELLO,
  /** A verb that is unknown, or not this client's to use. */
  BAD_VERB,
  /** A number that is none, or that cannot be. */
  BAD_NUMBER,
  /** Longer than the server's longest line. */
  TOO_LONG,
  /** A number that was used too long ago to be remembered, or a publisher that is elsewhere now. */
  DUPLICATE,
  /** Faster than allowed. */
  RATE,
  /** More than the server holds. */
  OVERLOAD,
  /** The journal cannot keep the line. */
  JOURNAL,
  /** Not permitted. */
  AUTH,
  /** There is no such channel. */
  CHANNEL,
  /** A version of the protocol that the server does not speak. */
  VERSION,
  /** The server is stopping. */
  SHUTTING_DOWN,
  /** The client was too slow. */
  SLOW,
  /** The client has not answered. */
  IDLE,
  /** As the client asked. */
  QUIT;

  private static final Code[] ALL = values();

  private final String word = name().toLowerCase(Locale.ROOT).replace('_', '-');

  /** As it is written on the wire. */
  public String word() {
    return word;
  }

  /** The code that is written so; empty if it is none of these. */
  public static Optional<Code> of(String word) {
    for (Code code : ALL) {
      if (code.word.equals(word)) {
        return Optional.of(code);
      }
    }
    return Optional.empty();
  }

  @Override
  public String toString() {
    return word;
  }
}
