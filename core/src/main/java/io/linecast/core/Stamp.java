package io.linecast.core;

/**
 * When what lies before a place in a feed was accepted.
 *
 * @param nanos as {@link System#nanoTime} has it
 */
record Stamp(Head place, long nanos) {

  /** Older than everything. */
  static final Stamp NONE = new Stamp(Head.START, System.nanoTime() - Long.MAX_VALUE / 2);
}
