package io.linecast.core;

import java.util.ArrayDeque;

/** A loop of one thread that runs its tasks when told to, and allocates nothing for them. */
final class TurnLoop implements Loop {

  private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();

  @Override
  public void execute(Runnable task) {
    tasks.add(task);
  }

  @Override
  public void executeAfterIo(Runnable task) {
    tasks.add(task);
  }

  /** Runs until nothing is left to do. */
  void runAll() {
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
    }
  }
}
