package io.linecast.client;

import java.time.Duration;

/** A listener whose exceptions are told, and end nothing. */
record GuardedListener(ConnectionListener told) implements ConnectionListener {

  @Override
  public void onConnected(Session session) {
    try {
      told.onConnected(session);
    } catch (RuntimeException | Error e) {
      Uncaught.report(e);
    }
  }

  @Override
  public void onRetry(String cause, Duration retryIn) {
    try {
      told.onRetry(cause, retryIn);
    } catch (RuntimeException | Error e) {
      Uncaught.report(e);
    }
  }
}
