package io.linecast.client;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.function.LongSupplier;

/**
 * Hellos that were sent and never answered: they may yet reach a server, behind the hello of a
 * newer connection, and take the client's name from it. Few are remembered and not for long,
 * because who takes the name away may as well be somebody else. For one thread.
 */
final class StrayHellos {

  private static final int MOST = 3;
  private static final long KEPT_NANOS = Duration.ofMinutes(2).toNanos();

  private final LongSupplier nanoClock;
  private final ArrayDeque<Long> sentNanos = new ArrayDeque<>();

  StrayHellos(LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
  }

  /** One more has gone astray. */
  void add() {
    sentNanos.addLast(nanoClock.getAsLong());
    if (sentNanos.size() > MOST) {
      sentNanos.removeFirst();
    }
  }

  /** Takes one as the reason why the name is gone; false if it can be none of them. */
  boolean claim() {
    long now = nanoClock.getAsLong();
    sentNanos.removeIf(sent -> now - sent > KEPT_NANOS);
    return sentNanos.pollFirst() != null;
  }
}
