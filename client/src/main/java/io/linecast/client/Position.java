package io.linecast.client;

import io.linecast.protocol.Decimal;
import java.util.Optional;

/**
 * A place in a channel: behind one line of one numbering. What a program keeps in order to go on
 * there after it was started anew: {@code builder.listen(position)}.
 *
 * @param epoch the numbering
 * @param seq the last line dealt with; 0: none
 */
public record Position(String epoch, long seq) {

  private static final char SEPARATOR = ':';

  /** A place that can be. */
  public Position {
    if (!Address.isWord(epoch) || seq < 0 || seq == Long.MAX_VALUE) {
      throw new IllegalArgumentException("'" + epoch + SEPARATOR + seq + "' is no position");
    }
  }

  /**
   * Reads what {@link #toString} has written; white space around it, as of an editor, is no matter.
   *
   * @return empty if it is no position
   */
  public static Optional<Position> parse(String text) {
    String place = text.strip();
    int separator = place.lastIndexOf(SEPARATOR);
    if (separator < 1 || !Address.isWord(place)) {
      return Optional.empty();
    }
    long seq = Decimal.parse(place.substring(separator + 1));
    return seq < 0 || seq == Long.MAX_VALUE
        ? Optional.empty()
        : Optional.of(new Position(place.substring(0, separator), seq));
  }

  /** Its epoch and number, as {@link #parse} reads them. */
  @Override
  public String toString() {
    return epoch + SEPARATOR + seq;
  }
}
