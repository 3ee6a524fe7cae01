package io.linecast.sqlite;

import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * What time it is. Safe from any thread.
 *
 * @param clock as people have it, which may be set
 * @param nanos as {@link System#nanoTime} has it, which nobody sets
 */
record Time(InstantSource clock, LongSupplier nanos) {

  static final Time SYSTEM = new Time(InstantSource.system(), System::nanoTime);

  long millis() {
    return clock.millis();
  }
}
