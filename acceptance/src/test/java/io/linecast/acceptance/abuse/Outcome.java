package io.linecast.acceptance.abuse;

import java.time.Duration;

/**
 * What became of an attacker.
 *
 * @param answer the beginning of what it heard, a char each byte
 * @param open whether it is still connected
 * @param took until the end, or until nobody looked on
 */
record Outcome(String answer, boolean open, Duration took) {

  /** In few words, for a table. */
  String words() {
    String first = answer.lines().findFirst().orElse("").replaceAll("[^ -~]", "?");
    String said =
        first.isEmpty() ? "" : "`" + first.substring(0, Math.min(60, first.length())) + "`, ";
    return said
        + (open ? "stays connected" : "closed after %.1f s".formatted(took.toMillis() / 1e3));
  }
}
