package io.linecast.core;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Threads that read journals and do not keep a program from ending. */
final class ReaderThreads implements Readers {

  private static final System.Logger LOG = System.getLogger(ReaderThreads.class.getName());

  private final ScheduledThreadPoolExecutor threads;

  /** They are started when they are needed. */
  ReaderThreads(int count) {
    AtomicInteger started = new AtomicInteger();
    threads =
        new ScheduledThreadPoolExecutor(
            count,
            task -> {
              Thread thread = new Thread(task, "linecast-reader-" + started.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    threads.setRemoveOnCancelPolicy(true);
  }

  @Override
  public void execute(Runnable task) {
    executeLater(task, 0);
  }

  @Override
  public void executeLater(Runnable task, long millis) {
    try {
      threads.schedule(contained(task), millis, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      LOG.log(System.Logger.Level.DEBUG, "nothing is read any more", e);
    }
  }

  private static Runnable contained(Runnable task) {
    return () -> {
      try {
        task.run();
      } catch (RuntimeException | Error e) {
        LOG.log(System.Logger.Level.ERROR, "a fault while a journal was read", e);
      }
    };
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
