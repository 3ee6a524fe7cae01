package io.linecast.core.simulation;

import io.linecast.core.Loop;
import java.util.ArrayDeque;

/**
 * An event loop whose every task is started by the world's scheduler: sockets, other threads'
 * tasks, and what waits for a look at the sockets.
 *
 * <p>While it is in the middle of a task it is busy, and other loops may run, but not this one.
 */
final class SimulatedLoop implements Loop {

  /** A task that waits until so many of the loop's socket events have been seen to. */
  private record AfterIo(Runnable task, long socketEvents) {}

  private final World world;
  private final String name;
  private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
  private final ArrayDeque<Runnable> socketEvents = new ArrayDeque<>();
  private final ArrayDeque<AfterIo> afterIo = new ArrayDeque<>();
  private long socketEventsQueued;
  private long socketEventsSeen;
  private boolean busy;

  SimulatedLoop(World world, String name) {
    this.world = world;
    this.name = name;
  }

  @Override
  public void execute(Runnable task) {
    if (world.random().nextBoolean()) {
      tasks.add(task);
      world.maybePreempt();
    } else {
      world.maybePreempt();
      tasks.add(task);
    }
  }

  @Override
  public void executeAfterIo(Runnable task) {
    SimulationFailure.unless(world.current() == this, "executeAfterIo of %s from elsewhere", name);
    afterIo.add(new AfterIo(task, socketEventsQueued));
  }

  /** Something has happened on one of its sockets. */
  void onSocket(Runnable event) {
    socketEvents.add(event);
    socketEventsQueued++;
  }

  boolean isBusy() {
    return busy;
  }

  boolean isIdle() {
    return tasks.isEmpty() && socketEvents.isEmpty() && afterIo.isEmpty();
  }

  /** Runs one thing that is due, if anything is. */
  boolean runOne() {
    Runnable due = nextDue();
    if (due == null) {
      return false;
    }
    busy = true;
    SimulatedLoop interrupted = world.enter(this);
    try {
      due.run();
    } finally {
      world.enter(interrupted);
      busy = false;
    }
    return true;
  }

  private Runnable nextDue() {
    int choice = world.random().nextInt(3);
    for (int i = 0; i < 3; i++) {
      Runnable due =
          switch ((choice + i) % 3) {
            case 0 -> tasks.poll();
            case 1 -> nextSocketEvent();
            default -> nextAfterIo();
          };
      if (due != null) {
        return due;
      }
    }
    return null;
  }

  private Runnable nextSocketEvent() {
    Runnable event = socketEvents.poll();
    if (event != null) {
      socketEventsSeen++;
    }
    return event;
  }

  private Runnable nextAfterIo() {
    AfterIo first = afterIo.peek();
    return first == null || socketEventsSeen < first.socketEvents ? null : afterIo.remove().task;
  }

  @Override
  public String toString() {
    return name;
  }
}
