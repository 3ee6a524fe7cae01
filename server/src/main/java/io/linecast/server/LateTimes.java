package io.linecast.server;

import io.linecast.core.ServingTimes;

/** Tells nobody how long serving takes, until somebody wants to know. Safe from any thread. */
final class LateTimes implements ServingTimes {

  /** Volatile: set by another thread while loops tell. */
  private volatile ServingTimes listener = ServingTimes.NONE;

  /** Somebody wants to know from now on. */
  void tell(ServingTimes from) {
    listener = from;
  }

  @Override
  public void delivered(long nanos) {
    listener.delivered(nanos);
  }

  @Override
  public void swept(long nanos) {
    listener.swept(nanos);
  }
}
