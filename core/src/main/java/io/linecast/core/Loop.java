package io.linecast.core;

/**
 * The thread that owns a set of connections: it reads their input, serves their cursors, and runs
 * tasks in between.
 */
public interface Loop {

  /** Runs a task on this loop soon. From any thread. */
  void execute(Runnable task);

  /**
   * Runs a task on this loop, but not before it has looked at its sockets once more. From this loop
   * only. (A task that queues itself with {@link #execute} could be run again and again without a
   * read, an accept or a ping in between.)
   */
  void executeAfterIo(Runnable task);
}
