package io.linecast.core;

import java.util.concurrent.ConcurrentLinkedQueue;

/** A loop that runs its tasks when told to, on the thread that tells it; anybody may add some. */
final class QueueLoop implements Loop {

  private final ConcurrentLinkedQueue<Runnable> tasks = new ConcurrentLinkedQueue<>();

  @Override
  public void execute(Runnable task) {
    tasks.add(task);
  }

  @Override
  public void executeAfterIo(Runnable task) {
    tasks.add(task);
  }

  /** Runs until nothing is left to do; returns whether there was anything. */
  boolean runAll() {
    boolean any = false;
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
      any = true;
    }
    return any;
  }
}
