package io.linecast.server;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How fast a count that only rises did so since the last look at it, about a second ago. A look
 * that comes early, because the one before was late, is measured from the look before that: what
 * came in a short while is not told as if it had gone on for a second. For one thread.
 */
final class RateMeter {

  private static final double NANOS = TimeUnit.SECONDS.toNanos(1);

  /** A look that comes sooner after the last one is early. */
  private static final long EARLY_NANOS = TimeUnit.MILLISECONDS.toNanos(900);

  private Look before;
  private Look last;
  private @Nullable Long perSecond;

  private record Look(long nanos, long total) {}

  /** A count of nothing. */
  RateMeter(long nowNanos) {
    last = new Look(nowNanos, 0);
    before = last;
  }

  /** The count has come so far. */
  void look(long nowNanos, long total) {
    if (nowNanos - last.nanos <= 0) {
      return;
    }
    Look since = nowNanos - last.nanos < EARLY_NANOS ? before : last;
    perSecond = Math.round((total - since.total) * NANOS / (nowNanos - since.nanos));
    before = last;
    last = new Look(nowNanos, total);
  }

  /** Null before the first look. */
  @Nullable Long perSecond() {
    return perSecond;
  }
}
