package io.linecast.server;

import io.linecast.core.ServingTimes;

/** Tells two how long serving takes. */
record BothTimes(ServingTimes first, ServingTimes second) implements ServingTimes {

  @Override
  public void delivered(long nanos) {
    first.delivered(nanos);
    second.delivered(nanos);
  }

  @Override
  public void swept(long nanos) {
    first.swept(nanos);
    second.swept(nanos);
  }
}
