package io.linecast.core.simulation;

import io.linecast.core.Readers;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * Who reads a channel's journal: threads of their own, that get some time whenever the world lets
 * them, in the middle of a loop's task too.
 */
final class SimulatedReaders implements Readers {

  private final World world;
  private final List<Runnable> tasks = new ArrayList<>();
  private final ArrayDeque<Runnable> later = new ArrayDeque<>();

  private int underWay;

  SimulatedReaders(World world) {
    this.world = world;
  }

  @Override
  public void execute(Runnable task) {
    tasks.add(task);
  }

  @Override
  public void executeLater(Runnable task, long millis) {
    later.add(task);
  }

  boolean isIdle() {
    return underWay == 0 && tasks.isEmpty() && later.isEmpty();
  }

  /** One of them does something, if there is anything to do. */
  void runOne() {
    if (tasks.isEmpty() && !later.isEmpty()) {
      tasks.add(later.remove());
    }
    if (!tasks.isEmpty()) {
      Runnable task = tasks.remove(world.random().nextInt(tasks.size()));
      SimulatedLoop interrupted = world.enter(null);
      underWay++;
      task.run();
      underWay--;
      world.enter(interrupted);
    }
  }
}
