package io.linecast.client;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How other threads tell the reading thread to come to an end: in good order, or at once. Safe from
 * any thread.
 */
final class Ending {

  private final CountDownLatch closing = new CountDownLatch(1);
  private volatile boolean aborted;
  private volatile @Nullable ClientException failure;
  private volatile @Nullable Connection connection;

  /** In good order, once everything is answered. */
  void close() {
    closing.countDown();
  }

  /** At once. */
  void abort() {
    aborted = true;
    closing.countDown();
    Connection open = connection;
    if (open != null) {
      open.close();
    }
  }

  /** At once, because something has failed. */
  void fail(ClientException why) {
    failure = why;
    abort();
  }

  boolean isClosing() {
    return closing.getCount() == 0;
  }

  boolean isAborted() {
    return aborted;
  }

  Optional<ClientException> failure() {
    return Optional.ofNullable(failure);
  }

  /** From now on this is the connection that an abort closes. */
  void watch(Connection open) {
    connection = open;
    if (aborted) {
      open.close();
    }
  }

  /** Waits so long; less if the client begins to close meanwhile. */
  void pause(Duration delay) {
    try {
      if (isClosing()) {
        TimeUnit.NANOSECONDS.sleep(delay.toNanos());
      } else {
        closing.await(delay.toNanos(), TimeUnit.NANOSECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      abort();
    }
  }
}
