package io.linecast.fuzz;

import io.linecast.protocol.LinesProperty;
import io.linecast.server.LinePortProperty;
import java.util.Locale;
import java.util.Optional;

/** The kinds of input that are tried, each with what must hold of it, and a corpus of its name. */
public enum Target {
  /** Any stream, cut into lines. */
  LINES,
  /** What clients send to a line port, plain or acknowledged. */
  LINE_PORT;

  /** What must hold; for one thread. */
  public Property newProperty() {
    return switch (this) {
      case LINES -> new LinesProperty();
      case LINE_PORT -> new LinePortProperty();
    };
  }

  /** As it is written: the name of its folder. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The target that is written so; empty if it is none of these. */
  public static Optional<Target> of(String word) {
    for (Target target : values()) {
      if (target.word().equals(word)) {
        return Optional.of(target);
      }
    }
    return Optional.empty();
  }
}
