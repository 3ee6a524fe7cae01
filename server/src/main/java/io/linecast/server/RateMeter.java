package io.linecast.server;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** How fast a count that only rises did so between the last two looks at it. For one thread. */
final class RateMeter {

  private static final double NANOS = TimeUnit.SECONDS.toNanos(1);

  private long lastNanos;
  private long lastTotal;
  private @Nullable Long perSecond;

  /** A count of nothing. */
  RateMeter(long nowNanos) {
    lastNanos = nowNanos;
  }

  /** The count has come so far. */
  void look(long nowNanos, long total) {
    long elapsed = nowNanos - lastNanos;
    if (elapsed > 0) {
      perSecond = Math.round((total - lastTotal) * NANOS / elapsed);
      lastNanos = nowNanos;
      lastTotal = total;
    }
  }

  /** Null before the first look. */
  @Nullable Long perSecond() {
    return perSecond;
  }
}
