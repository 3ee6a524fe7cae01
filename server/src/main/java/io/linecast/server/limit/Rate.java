package io.linecast.server.limit;

import java.util.concurrent.TimeUnit;

/**
 * How fast something may happen: so much a second, and what was saved up of it at once. Immutable.
 *
 * <p>What was taken so far is one number, the <em>debt</em>: until when everything taken is paid
 * for at this rate (the generic cell rate algorithm). Whoever takes may take more than there is,
 * and then waits the longer: something that is larger than what can be saved up gets through too.
 *
 * @param perSecond how much; 0: as much as one likes
 * @param savedNanos the time whose share can be saved up, above 0
 */
public record Rate(long perSecond, long savedNanos) {

  private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** More than this and the sums would not fit: some thousand times what a socket takes. */
  private static final long MOST_AT_ONCE = Long.MAX_VALUE / SECOND_NANOS;

  /** No more than this is ever owed, so that no mistake of somebody's lasts for weeks. */
  private static final long DEBT_MAX_NANOS = TimeUnit.DAYS.toNanos(1);

  /** As much as one likes. */
  public static final Rate UNLIMITED = new Rate(0, SECOND_NANOS);

  /** Refuses what cannot be. */
  public Rate {
    if (perSecond < 0 || savedNanos <= 0) {
      throw new IllegalArgumentException("no rate: " + perSecond + ", " + savedNanos);
    }
  }

  /** So much a second, of which a second's worth can be saved up. */
  public static Rate perSecond(long amount) {
    return new Rate(amount, SECOND_NANOS);
  }

  /** So much a second, of which a quarter of that can be saved up. */
  public static Rate withQuarter(long amount) {
    return new Rate(amount, SECOND_NANOS / 4);
  }

  /** Whether there is a limit at all. */
  public boolean isLimited() {
    return perSecond > 0;
  }

  /** The debt of who has taken nothing for long. */
  public long none(long nowNanos) {
    return nowNanos;
  }

  /** Whether something may be taken now. */
  public boolean allows(long debt, long nowNanos) {
    return !isLimited() || debt - nowNanos < savedNanos;
  }

  /** What may be taken now before one has to wait: 0 if nothing may, else at least 1. */
  public long left(long debt, long nowNanos) {
    if (!isLimited()) {
      return Long.MAX_VALUE;
    }
    long nanos = savedNanos - Math.max(0, debt - nowNanos);
    return nanos <= 0 ? 0 : Math.max(1, share(nanos));
  }

  /** The debt once so much more has been taken. */
  public long after(long debt, long nowNanos, long amount) {
    if (!isLimited() || amount == 0) {
      return debt;
    }
    long begin = debt - nowNanos > 0 ? debt : nowNanos;
    return nowNanos + Math.min(begin - nowNanos + costNanos(amount), DEBT_MAX_NANOS);
  }

  /** The debt without so much that was taken. */
  public long without(long debt, long amount) {
    return isLimited() ? debt - costNanos(amount) : debt;
  }

  /** How long until something may be taken; 0 if it may now. */
  public long waitNanos(long debt, long nowNanos) {
    return allows(debt, nowNanos) ? 0 : debt - nowNanos - savedNanos + 1;
  }

  private long costNanos(long amount) {
    long cost = Math.ceilDiv(Math.min(amount, MOST_AT_ONCE) * SECOND_NANOS, perSecond);
    return Math.min(cost, DEBT_MAX_NANOS);
  }

  /** How much comes in a time. */
  private long share(long nanos) {
    return (long) ((double) nanos / SECOND_NANOS * perSecond);
  }
}
