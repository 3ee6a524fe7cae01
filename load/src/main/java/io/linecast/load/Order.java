package io.linecast.load;

import org.jspecify.annotations.Nullable;

/**
 * What a worker's process is told to do.
 *
 * @param startNanos for RUN
 * @param sentLines for TALLY
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Order(What what, long startNanos, long @Nullable [] sentLines) {
  enum What {
    CONNECT,
    PROBE,
    FORGET,
    RUN,
    TALLY,
    CLOSE
  }
}
