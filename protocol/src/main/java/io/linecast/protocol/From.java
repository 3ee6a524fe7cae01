package io.linecast.protocol;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/** Where hearing begins: the values of {@code from}. */
public sealed interface From {

  /** With the next line that is accepted. */
  record New() implements From {
    @Override
    public String toString() {
      return "new";
    }
  }

  /** With the oldest line kept. */
  record Oldest() implements From {
    @Override
    public String toString() {
      return "oldest";
    }
  }

  /**
   * With one line and all after it.
   *
   * @param line its number, at least 1
   */
  record Line(long line) implements From {
    @Override
    public String toString() {
      return Long.toString(line);
    }
  }

  /**
   * With the last so many lines.
   *
   * @param lines at least 1
   */
  record Last(long lines) implements From {
    @Override
    public String toString() {
      return "-" + lines;
    }
  }

  /**
   * With the first line accepted at or after a time.
   *
   * @param time to the journal's precision
   */
  record Since(Instant time) implements From {
    @Override
    public String toString() {
      return time.toString();
    }
  }

  /** What a value means; empty if it is no value of {@code from}. */
  static Optional<From> parse(String value) {
    return switch (value) {
      case "new" -> Optional.of(new New());
      case "oldest" -> Optional.of(new Oldest());
      default -> numberOrTime(value);
    };
  }

  private static Optional<From> numberOrTime(String value) {
    boolean last = value.startsWith("-");
    long number = Decimal.parse(last ? value.substring(1) : value);
    if (number > 0) {
      return Optional.of(last ? new Last(number) : new Line(number));
    }
    try {
      return Optional.of(new Since(OffsetDateTime.parse(value).toInstant()));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
