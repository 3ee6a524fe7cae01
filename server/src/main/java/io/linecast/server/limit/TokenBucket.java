package io.linecast.server.limit;

/** What one has taken of a {@link Rate}. One thread's own. */
public final class TokenBucket {

  private final Rate rate;
  private long debt;

  /** A full one. */
  public TokenBucket(Rate rate, long nowNanos) {
    this.rate = rate;
    this.debt = rate.none(nowNanos);
  }

  /** What may be taken now before one has to wait: 0 if nothing may, else at least 1. */
  public long left(long nowNanos) {
    return rate.left(debt, nowNanos);
  }

  /** Takes so much, which may be more than is left. */
  public void take(long amount, long nowNanos) {
    debt = rate.after(debt, nowNanos, amount);
  }

  /** How long until something may be taken; 0 if it may now. */
  public long waitNanos(long nowNanos) {
    return rate.waitNanos(debt, nowNanos);
  }
}
