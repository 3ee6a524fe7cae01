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
  private final CountDownLatch aborting = new CountDownLatch(1);
  private volatile @Nullable ClientException failure;
  private volatile @Nullable Connection connection;

  /** In good order, once everything is answered. */
  void close() {
    closing.countDown();
  }

  /** At once. */
  void abort() {
    aborting.countDown();
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
    return aborting.getCount() == 0;
  }

  Optional<ClientException> failure() {
    return Optional.ofNullable(failure);
  }

  /** From now on this is the connection that an abort closes. */
  void watch(Connection open) {
    connection = open;
    if (isAborted()) {
      open.close();
    }
  }

  /** Waits so long; less if the client begins to close, or is to end at once, meanwhile. */
  void pause(Duration delay) {
    try {
      CountDownLatch next = isClosing() ? aborting : closing;
      next.await(delay.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      abort();
    }
  }
}
