package io.linecast.server.metrics;

import io.linecast.core.Lag;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;

/**
 * One channel's lags, in histograms. Safe from any thread.
 *
 * @param lines how many lines a client has still to get
 * @param bytes how many bytes of its feed it is behind
 * @param time how long ago the first of these lines was accepted
 */
record LagMeter(DistributionSummary lines, DistributionSummary bytes, Timer time) {

  void add(Lag lag) {
    lines.record((double) lag.lines());
    bytes.record((double) lag.bytes());
    time.record(lag.nanos(), TimeUnit.NANOSECONDS);
  }
}
