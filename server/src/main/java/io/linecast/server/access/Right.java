package io.linecast.server.access;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What somebody may be allowed to do. */
public enum Right {
  /** To hear a channel's lines. */
  LISTEN,
  /** To have lines broadcast in a channel. */
  PUBLISH,
  /** To know how the whole server is; no channel's lines are part of that. */
  ADMIN;

  /** As it is written in files and options. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<Right> of(String word) {
    return Stream.of(values()).filter(right -> right.word().equals(word)).findFirst();
  }
}
