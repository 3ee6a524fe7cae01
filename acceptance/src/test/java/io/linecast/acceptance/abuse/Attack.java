package io.linecast.acceptance.abuse;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * One way to do harm.
 *
 * @param name in words, for a table
 * @param expected what is to become of each of its connections
 * @param said what each that is told something is told, a part of it
 * @param limit the option that is to be counted as reached; empty: none in particular
 * @param act how it is done
 */
record Attack(String name, Expected expected, String said, Optional<String> limit, Act act) {

  /** What is to become of an attacker's connections. */
  enum Expected {
    /** Each is told what was wrong, and closed by the server. */
    TOLD,
    /** Each is closed by the server. */
    CLOSED,
    /** Some are closed by the server, and not all. */
    THINNED,
    /** Each is ended by the attacker. */
    LEFT,
    /** They may stay: what they do harms nobody. */
    BORNE
  }

  /** How it is done. */
  @FunctionalInterface
  interface Act {
    /** Does it, over as many connections as it wants; tells what became of each. */
    List<Outcome> run(Supplier<Attacker> door);
  }

  Attack(String name, Expected expected, Act act) {
    this(name, expected, "", Optional.empty(), act);
  }

  /** One that is told something. */
  static Attack told(String name, String said, Act act) {
    return new Attack(name, Expected.TOLD, said, Optional.empty(), act);
  }

  /** The same, but it reaches a limit. */
  Attack reaching(String option) {
    return new Attack(name, expected, said, Optional.of(option), act);
  }

  /** What has become of a connection, or of all, that was not to be; empty if nothing. */
  Optional<String> objection(List<Outcome> outcomes) {
    Predicate<Outcome> closed = its -> its.ending() == Outcome.Ending.CLOSED;
    Predicate<Outcome> right =
        switch (expected) {
          case TOLD -> closed.and(its -> !its.answer().isBlank() && its.answer().contains(said));
          case CLOSED -> closed;
          case LEFT -> its -> its.ending() == Outcome.Ending.LEFT;
          case BORNE, THINNED -> any -> true;
        };
    long wrong = outcomes.stream().filter(right.negate()).count();
    long ended = outcomes.stream().filter(closed).count();
    if (wrong == 0 && (expected != Expected.THINNED || (ended > 0 && ended < outcomes.size()))) {
      return Optional.empty();
    }
    return Optional.of(
        "%s: to be %s %s; %d of %d closed, for example: %s"
            .formatted(
                name,
                expected,
                said,
                ended,
                outcomes.size(),
                outcomes.stream().filter(right.negate()).findFirst().orElse(outcomes.getLast())));
  }

  @Override
  public String toString() {
    return name;
  }
}
