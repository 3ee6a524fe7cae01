package io.linecast.cli;

import io.linecast.client.ConnectionListener;
import io.linecast.client.Session;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * Tells people that the connection is lost, once, and that there is one again; and when it has been
 * lost for too long. Called on the client's reading thread.
 */
final class Outage implements ConnectionListener {

  private final Consumer<String> told;
  private final Duration patience;
  private final AtomicReference<Runnable> giveUp = new AtomicReference<>(() -> {});
  private boolean connectedOnce;
  private boolean lost;
  private long lostNanos;
  private volatile boolean tooLong;

  /**
   * Nothing is lost yet.
   *
   * @param patience how long it may be lost; empty: for ever
   */
  Outage(Consumer<String> told, Optional<Duration> patience) {
    this.told = told;
    this.patience = patience.orElse(Duration.ofNanos(Long.MAX_VALUE));
  }

  /** What to do when it has been lost for too long. */
  void onTooLong(Runnable action) {
    giveUp.set(action);
  }

  /** Whether it has been. */
  boolean isTooLong() {
    return tooLong;
  }

  @Override
  public void onConnected(Session session) {
    if (lost) {
      told.accept("connected again to " + session.server());
    }
    connectedOnce = true;
    lost = false;
  }

  @Override
  public void onRetry(String cause, Duration retryIn) {
    if (!lost) {
      lost = true;
      lostNanos = System.nanoTime();
      told.accept(cause + "; trying again");
    } else if (connectedOnce && !tooLong && System.nanoTime() - lostNanos > patience.toNanos()) {
      tooLong = true;
      giveUp.get().run();
    }
  }
}
