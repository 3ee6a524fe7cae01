package io.linecast.server;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.SingleThreadEventLoop;
import io.netty.util.concurrent.MockTicker;
import io.netty.util.concurrent.Ticker;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * An event loop that has no thread and no clock: whoever calls it is its thread, and time passes
 * when it is told to. The same calls have the same effects each time.
 */
final class VirtualLoop extends SingleThreadEventLoop {

  /** More than any input needs; what goes on and on is a fault. */
  private static final int ROUNDS_MAX = 100_000;

  private final MockTicker clock;

  VirtualLoop() {
    clock = Ticker.newMockTicker(); // it is asked while the rest is set up
    super((EventLoopGroup) null, Runnable::run, false);
  }

  @Override
  public boolean inEventLoop(Thread thread) {
    return true;
  }

  @Override
  public Ticker ticker() {
    return clock;
  }

  @Override
  protected void run() {
    throw new IllegalStateException("it has no thread");
  }

  /** Runs what is due, and what comes of it. */
  void settle() {
    int rounds = 0;
    do {
      runAllTasks();
      if (++rounds > ROUNDS_MAX) {
        throw new AssertionError("the loop never comes to rest");
      }
    } while (hasTasks());
  }

  /** Lets time pass. */
  void pass(Duration time) {
    long end = clock.nanoTime() + time.toNanos();
    settle();
    for (long next = nextScheduledTaskDeadlineNanos();
        next >= 0 && next <= end;
        next = nextScheduledTaskDeadlineNanos()) {
      passTo(next);
      settle();
    }
    passTo(end);
  }

  private void passTo(long nanos) {
    clock.advance(Math.max(0, nanos - clock.nanoTime()), TimeUnit.NANOSECONDS);
  }

  /** Forgets what is still to come. */
  void forget() {
    cancelScheduledTasks();
  }
}
