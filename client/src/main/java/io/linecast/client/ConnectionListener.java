package io.linecast.client;

import java.time.Duration;

/**
 * Is told how the connection fares: for logs and status lines, not for the lines' sake, which are
 * kept across reconnects. Called on the client's reading thread; must not block. What it throws
 * goes to the thread's {@link Thread.UncaughtExceptionHandler} and ends nothing.
 */
public interface ConnectionListener {

  /** A server has said ok, for the first time or again. */
  default void onConnected(Session session) {}

  /**
   * A connection was lost, or could not be made; it will be tried again.
   *
   * @param cause why, for people
   * @param retryIn when
   */
  default void onRetry(String cause, Duration retryIn) {}
}
