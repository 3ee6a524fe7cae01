package io.linecast.core;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Whoever waits for lines that have numbers already, because another server has them. Safe from any
 * thread. As long as anybody waits, it looks again and again, and so costs a line nothing.
 */
final class Awaited {

  private static final Executor SOON = CompletableFuture.delayedExecutor(10, TimeUnit.MILLISECONDS);

  private record Waiting(long line, long giveUpNanos, Runnable reached, Runnable late) {}

  private final LongSupplier last;
  private final long patienceNanos;
  private final ReentrantLock lock = new ReentrantLock();

  /** Guarded by the lock. */
  private final List<Waiting> waiting = new ArrayList<>();

  /**
   * Nobody.
   *
   * @param last the last line there is; from any thread
   */
  Awaited(LongSupplier last, Duration patience) {
    this.last = last;
    this.patienceNanos = patience.toNanos();
  }

  /** Waits for a line: one of both is called, soon, on a thread that must not be held up. */
  void add(long line, Runnable reached, Runnable late) {
    lock.lock();
    try {
      waiting.add(new Waiting(line, System.nanoTime() + patienceNanos, reached, late));
      if (waiting.size() == 1) {
        SOON.execute(this::look);
      }
    } finally {
      lock.unlock();
    }
  }

  private void look() {
    List<Runnable> told = new ArrayList<>();
    lock.lock();
    try {
      long now = System.nanoTime();
      long there = last.getAsLong();
      waiting.removeIf(
          each -> {
            boolean reached = each.line <= there;
            boolean late = now - each.giveUpNanos > 0;
            if (reached || late) {
              told.add(reached ? each.reached : each.late);
            }
            return reached || late;
          });
      if (!waiting.isEmpty()) {
        SOON.execute(this::look);
      }
    } finally {
      lock.unlock();
    }
    told.forEach(Runnable::run);
  }
}
