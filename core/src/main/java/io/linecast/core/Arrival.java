package io.linecast.core;

import io.linecast.protocol.From;
import java.util.Optional;

/**
 * A client has been let in that has said where it begins.
 *
 * @param subscriber its part in what is heard; empty if it does not listen
 * @param publisher whose numbers it uses
 * @param lineBefore the last line before those that it hears
 * @param next the number that the next line will have
 * @param oldest the oldest line that can be had; {@code next} if there is none
 * @param gap what it asked for and will never hear: to be said before any line
 */
public record Arrival(
    Optional<Subscriber> subscriber,
    Publisher publisher,
    long lineBefore,
    long next,
    long oldest,
    Optional<Gap> gap) {

  /**
   * What it asks for.
   *
   * @param from where hearing begins
   * @param epoch the numbering that a number in {@code from} belongs to; empty: the present one
   * @param publisher its identity beyond the connection, whose earlier lines are not for it; empty:
   *     none
   * @param encoding how it hears lines
   * @param limit how many lines it wants at the most: if there are so many, it hears no later ones
   */
  public record Wish(
      From from,
      Optional<String> epoch,
      Optional<String> publisher,
      LineEncoding encoding,
      long limit) {

    /** What a listener says that hears numbered lines without end. */
    public Wish(From from, Optional<String> epoch, Optional<String> publisher) {
      this(from, epoch, publisher, BasicEncoding.NUMBERED, Long.MAX_VALUE);
    }

    /** The same, at a place in the present numbering. */
    public Wish at(From place) {
      return new Wish(place, Optional.empty(), publisher, encoding, limit);
    }
  }
}
