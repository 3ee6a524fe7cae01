package io.linecast.server.web;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Until when something must have happened. Owned by a connection's loop. */
final class Deadline {

  private final EventLoop loop;
  private final Duration time;
  private final Runnable onMissed;
  private @Nullable Future<?> running;

  Deadline(EventLoop loop, Duration time, Runnable onMissed) {
    this.loop = loop;
    this.time = time;
    this.onMissed = onMissed;
  }

  /** The time begins now. */
  void start() {
    stop();
    running = loop.schedule(onMissed, time.toNanos(), TimeUnit.NANOSECONDS);
  }

  void stop() {
    if (running != null) {
      running.cancel(false);
      running = null;
    }
  }
}
