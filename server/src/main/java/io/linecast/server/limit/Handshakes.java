package io.linecast.server.limit;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * How many handshakes are at work. Each counts for two seconds at most: one whose client has gone
 * silent costs nothing by then, and must not keep others from coming. Safe from any thread.
 */
public final class Handshakes {

  private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final int most;
  private final long startNanos;

  /** Since the start, in whole seconds. */
  private long second;

  private int thisSecond;
  private int lastSecond;

  /**
   * None is at work.
   *
   * @param most how many may be; 0: as many as one likes
   */
  public Handshakes(int most, long nowNanos) {
    this.most = most;
    this.startNanos = nowNanos;
  }

  /** One is about to cost something. */
  public synchronized Handshake begin(long nowNanos) {
    turnTo(nowNanos);
    thisSecond++;
    return new Handshake(second);
  }

  /** One that is at work. Safe from any thread. */
  public final class Handshake {

    private final long begun;
    private final AtomicBoolean over = new AtomicBoolean();

    private Handshake(long begun) {
      this.begun = begun;
    }

    /** It is over, whatever came of it; from the second time on nothing happens. */
    public void end(long nowNanos) {
      if (over.compareAndSet(false, true)) {
        Handshakes.this.end(begun, nowNanos);
      }
    }
  }

  private synchronized void end(long begun, long nowNanos) {
    turnTo(nowNanos);
    if (begun == second) {
      thisSecond--;
    } else if (begun == second - 1) {
      lastSecond--;
    }
  }

  /** Whether no more should be begun now. */
  public synchronized boolean isFull(long nowNanos) {
    if (most == 0) {
      return false;
    }
    turnTo(nowNanos);
    return thisSecond + lastSecond >= most;
  }

  /** Clocks of several threads may be a little apart: none turns back. */
  private void turnTo(long nowNanos) {
    long now = Math.floorDiv(nowNanos - startNanos, SECOND_NANOS);
    if (now > second) {
      lastSecond = now == second + 1 ? thisSecond : 0;
      thisSecond = 0;
      second = now;
    }
  }
}
