package io.linecast.core;

/** What becomes of a client that falls a whole window behind. */
public enum SlowPolicy {
  /** It is disconnected: a plain client cannot be told of a gap, and a gap is never silent. */
  DISCONNECT,
  /** It skips to newer lines; a wire that can say so says which lines are gone. */
  SKIP,
  /** It never happens: senders are read no faster than the slowest client reads. */
  STALL
}
