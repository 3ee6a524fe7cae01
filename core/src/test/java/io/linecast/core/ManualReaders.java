package io.linecast.core;

import java.util.ArrayDeque;

/** Readers that read when a test says so, on its thread. */
public final class ManualReaders implements Readers {

  private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
  private final ArrayDeque<Runnable> later = new ArrayDeque<>();

  @Override
  public void execute(Runnable task) {
    tasks.add(task);
  }

  @Override
  public void executeLater(Runnable task, long millis) {
    later.add(task);
  }

  /** Does one thing; returns whether there was any. */
  public boolean runOne() {
    Runnable task = tasks.poll();
    if (task != null) {
      task.run();
    }
    return task != null;
  }

  /** The time has come for all that was put off. */
  public void passTime() {
    tasks.addAll(later);
    later.clear();
  }

  /** Whether something was put off. */
  public boolean isPuttingOff() {
    return !later.isEmpty();
  }

  /** Whether nothing is to be done now. */
  public boolean isIdle() {
    return tasks.isEmpty();
  }
}
