package io.linecast.server.metrics;

import io.linecast.core.ServingTimes;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;

/**
 * One channel's serving times, in histograms. Safe from any thread.
 *
 * @param latency from a line's acceptance until it is in a socket
 * @param sweep a revolution of a sweep
 */
record ServingTimers(Timer latency, Timer sweep) implements ServingTimes {

  @Override
  public void delivered(long nanos) {
    latency.record(nanos, TimeUnit.NANOSECONDS);
  }

  @Override
  public void swept(long nanos) {
    sweep.record(nanos, TimeUnit.NANOSECONDS);
  }
}
