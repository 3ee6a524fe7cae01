package io.linecast.acceptance.abuse;

import java.time.Duration;

/**
 * What became of an attacker's connection.
 *
 * @param answer the beginning of what it heard, a char each byte
 * @param ending whether it is still connected, and who has ended it
 * @param took until the end, or until nobody looked on
 */
record Outcome(String answer, Ending ending, Duration took) {

  /** How a connection ends. */
  enum Ending {
    /** It has not. */
    OPEN,
    /** By the server. */
    CLOSED,
    /** By the attacker itself, so that nothing is known of what the server would have done. */
    LEFT
  }

  boolean open() {
    return ending == Ending.OPEN;
  }

  /** In few words, for a table. */
  String words() {
    return said()
        + switch (ending) {
          case OPEN -> "stays connected";
          case CLOSED -> "closed after %.1f s".formatted(took.toMillis() / 1e3);
          case LEFT -> "leaves by itself";
        };
  }

  private String said() {
    String first = answer.lines().filter(line -> !line.isBlank()).findFirst().orElse("");
    if (first.isEmpty()) {
      return "";
    }
    if (first.chars().filter(c -> c < ' ' || c > '~').count() > 3) {
      return "records of TLS, "; // how many bytes there are is chance
    }
    String shown = first.replaceAll("[^ -~]", "?").replace("|", "?");
    return "`" + shown.substring(0, Math.min(60, shown.length())) + "`, ";
  }
}
