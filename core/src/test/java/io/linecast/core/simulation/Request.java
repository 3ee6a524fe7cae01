package io.linecast.core.simulation;

/** What an acknowledged client asks for. */
sealed interface Request {

  /** A line, under the client's own number. */
  record Send(long number, String text) implements Request {}

  /** It has dealt with everything up to a line; numbers as on the wire. */
  record Done(long line) implements Request {}

  /** It wants what is outstanding, and no more. */
  record Quit() implements Request {}

  /**
   * What a {@link Send} is answered.
   *
   * @param line the line that the number has become; 0 if it was refused
   */
  record Answer(long number, long line, int others) {}
}
