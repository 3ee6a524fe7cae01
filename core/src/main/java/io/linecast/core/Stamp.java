package io.linecast.core;

/**
 * A place in a feed and a time: when what lies before it was accepted, or what lies behind it.
 *
 * @param nanos as {@link System#nanoTime} has it
 */
record Stamp(Head place, long nanos) {

  /** Older than everything. */
  static final Stamp NONE = new Stamp(Head.START, System.nanoTime() - Long.MAX_VALUE / 2);
}
