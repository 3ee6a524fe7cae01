package io.linecast.acceptance.abuse;

import java.util.function.Supplier;

/**
 * One way to do harm.
 *
 * @param name in words, for a table
 * @param expected what is to become of the attacker
 * @param act how it is done
 */
record Attack(String name, Expected expected, Act act) {

  /** What is to become of an attacker. */
  enum Expected {
    /** It is told what was wrong, and closed. */
    TOLD("told, and closed"),
    /** It is closed. */
    CLOSED("closed"),
    /** It may stay: what it does harms nobody. */
    BORNE("borne");

    private final String words;

    Expected(String words) {
      this.words = words;
    }

    String words() {
      return words;
    }

    boolean isMetBy(Outcome outcome) {
      return switch (this) {
        case TOLD -> !outcome.answer().isEmpty() && !outcome.open();
        case CLOSED -> !outcome.open();
        case BORNE -> true;
      };
    }
  }

  /** How it is done. */
  @FunctionalInterface
  interface Act {
    /** Does it, over as many connections as it wants; tells what became of the last. */
    Outcome run(Supplier<Attacker> door);
  }

  @Override
  public String toString() {
    return name;
  }
}
