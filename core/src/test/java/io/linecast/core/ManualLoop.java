package io.linecast.core;

import java.util.ArrayDeque;

/** A loop that does nothing until it is told to, on the thread of the test. */
final class ManualLoop implements Loop {

  private static final int TURNS_TO_REST = 10_000;

  private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
  private final ArrayDeque<Runnable> afterIo = new ArrayDeque<>();

  @Override
  public void execute(Runnable task) {
    tasks.add(task);
  }

  @Override
  public void executeAfterIo(Runnable task) {
    afterIo.add(task);
  }

  /** Runs what is queued now, and nothing that it queues: one turn between two looks at sockets. */
  void runTurn() {
    ArrayDeque<Runnable> due = new ArrayDeque<>(tasks);
    due.addAll(afterIo);
    tasks.clear();
    afterIo.clear();
    due.forEach(Runnable::run);
  }

  /** Runs until there is nothing left to do; fails if that never comes. */
  void runAll() {
    for (int turns = 0; !isIdle(); turns++) {
      if (turns > TURNS_TO_REST) {
        throw new AssertionError("the loop never comes to rest");
      }
      runTurn();
    }
  }

  boolean isIdle() {
    return tasks.isEmpty() && afterIo.isEmpty();
  }

  /** Whether something waits for a look at the sockets. */
  boolean waitsForIo() {
    return !afterIo.isEmpty();
  }
}
