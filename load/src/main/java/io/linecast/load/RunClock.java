package io.linecast.load;

/** The time since a run began. */
record RunClock(long startNanos) {
  static RunClock start() {
    return new RunClock(System.nanoTime());
  }

  long nanos() {
    return System.nanoTime() - startNanos;
  }
}
