package io.linecast.server;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/** Lets an event that clients can cause be logged once a second at most. Safe from any thread. */
final class OncePerSecond {

  private static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final LongSupplier nanoClock;
  private final AtomicLong lastNanos;
  private final AtomicLong unsaid = new AtomicLong();

  OncePerSecond(LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
    this.lastNanos = new AtomicLong(nanoClock.getAsLong() - INTERVAL_NANOS);
  }

  /** Calls {@code say} with how often it has happened since it was said last, if it is time. */
  void happened(LongConsumer say) {
    unsaid.incrementAndGet();
    long now = nanoClock.getAsLong();
    long last = lastNanos.get();
    if (now - last >= INTERVAL_NANOS && lastNanos.compareAndSet(last, now)) {
      say.accept(unsaid.getAndSet(0));
    }
  }
}
