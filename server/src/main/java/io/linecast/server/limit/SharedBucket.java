package io.linecast.server.limit;

import java.util.concurrent.atomic.AtomicLong;

/** What all have taken together of a {@link Rate}. Safe from any thread, without a lock. */
public final class SharedBucket {

  private final Rate rate;
  private final AtomicLong debt;

  /** A full one. */
  public SharedBucket(Rate rate, long nowNanos) {
    this.rate = rate;
    this.debt = new AtomicLong(rate.none(nowNanos));
  }

  /** Whether there is a limit at all. */
  public boolean isLimited() {
    return rate.isLimited();
  }

  /** Takes one, whether there is one or not. */
  public void take(long nowNanos) {
    debt.updateAndGet(before -> rate.after(before, nowNanos, 1));
  }

  /** Gives one back that was taken. */
  public void giveBack() {
    debt.updateAndGet(before -> rate.without(before, 1));
  }

  /** How long until something may be taken; 0 if it may now. */
  public long waitNanos(long nowNanos) {
    return rate.waitNanos(debt.get(), nowNanos);
  }
}
