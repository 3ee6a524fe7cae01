package io.linecast.core;

/**
 * Takes note of how long serving a channel's clients takes. Called on their loops, in between
 * writes: it must be quick, and throw nothing.
 */
public interface ServingTimes {

  /** Takes note of nothing. */
  ServingTimes NONE =
      new ServingTimes() {
        @Override
        public void delivered(long nanos) {}

        @Override
        public void swept(long nanos) {}
      };

  /**
   * A client's socket has taken a line, so long after the line was accepted. Some lines are looked
   * at, ten a second at the most, and these at every client that hears them.
   */
  void delivered(long nanos);

  /** A loop has gone round its clients once. */
  void swept(long nanos);
}
