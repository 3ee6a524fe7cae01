package io.linecast.core;

import io.linecast.protocol.From;
import java.util.Optional;

/**
 * An acknowledged client has been let in.
 *
 * @param subscriber its part in what is heard; empty if it does not listen
 * @param publisher whose numbers it uses
 * @param next the number that the next line will have
 * @param oldest the oldest line that can be had; {@code next} if there is none
 * @param gap what it asked for and will never hear: to be said before any line
 */
public record Arrival(
    Optional<Subscriber> subscriber,
    Publisher publisher,
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
   */
  public record Wish(From from, Optional<String> epoch, Optional<String> publisher) {}
}
