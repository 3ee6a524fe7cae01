package io.linecast.acceptance.abuse;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * For how long this JVM itself was held up, as by a machine that has much to do: whoever is late
 * because of that was not kept waiting by a server. Watches on a thread of its own until closed.
 */
final class HoldUps implements AutoCloseable {

  private static final long NAP_NANOS = 10_000_000;

  /** Shorter ones are the usual way of a scheduler. */
  private static final long LEAST_NANOS = 50_000_000;

  /** What is told of, under this object's lock. */
  private long sumNanos;

  private long longestNanos;
  private long lastNanos = System.nanoTime();
  private volatile boolean ending;

  private HoldUps() {}

  /** Begins. */
  static HoldUps watch() {
    HoldUps holdUps = new HoldUps();
    Thread.ofPlatform().daemon().name("hold-ups").start(holdUps::run);
    return holdUps;
  }

  private void run() {
    while (!ending) {
      LockSupport.parkNanos(NAP_NANOS);
      endNap();
    }
  }

  private synchronized void endNap() {
    long held = heldNanos();
    sumNanos += held;
    longestNanos = Math.max(longestNanos, held);
    lastNanos = System.nanoTime();
  }

  /** By how much the nap is too long that has just ended, or should have. */
  private long heldNanos() {
    long over = System.nanoTime() - lastNanos - NAP_NANOS;
    return over > LEAST_NANOS ? over : 0;
  }

  /** All of them until now. */
  synchronized Duration sum() {
    return Duration.ofNanos(sumNanos + heldNanos());
  }

  /** The longest of them. */
  synchronized Duration longest() {
    return Duration.ofNanos(Math.max(longestNanos, heldNanos()));
  }

  @Override
  public void close() {
    ending = true;
  }
}
