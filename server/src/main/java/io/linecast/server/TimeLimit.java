package io.linecast.server;

import io.linecast.server.limit.Deadlines;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Who has so much time for something, all of them the same: a queue, and one timer for all, which
 * runs only while somebody is waited for. Owned by its loop.
 *
 * @param <C> who
 */
final class TimeLimit<C> {

  private final EventLoop loop;
  private final Deadlines<C> deadlines;
  private final Consumer<C> onLate;
  private boolean running;

  /**
   * Nobody is waited for.
   *
   * @param onLate told who has let the time pass
   */
  TimeLimit(EventLoop loop, Duration time, Consumer<C> onLate) {
    this.loop = loop;
    this.deadlines = new Deadlines<>(time.toNanos());
    this.onLate = onLate;
  }

  /** The time of one begins, unless it runs already. */
  void begin(C who) {
    deadlines.begin(who, nanoTime());
    if (!running) {
      running = true;
      loop.schedule(this::look, deadlines.nextNanos(nanoTime()), TimeUnit.NANOSECONDS);
    }
  }

  /** One has done it, or is gone; may be said of anybody. */
  void end(C who) {
    deadlines.end(who);
  }

  /** The loop's own, which need not be the system's. */
  private long nanoTime() {
    return loop.ticker().nanoTime();
  }

  private void look() {
    deadlines.takeLate(nanoTime(), onLate);
    running = !deadlines.isEmpty();
    if (running) {
      loop.schedule(this::look, deadlines.nextNanos(nanoTime()), TimeUnit.NANOSECONDS);
    }
  }
}
