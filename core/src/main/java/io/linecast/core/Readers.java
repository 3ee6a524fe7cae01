package io.linecast.core;

/** Who reads journals: a few threads that may wait for a disk. */
public interface Readers extends AutoCloseable {

  /** Has a task run soon. From any thread. */
  void execute(Runnable task);

  /** Has a task run after so long. From any thread. */
  void executeLater(Runnable task, long millis);

  /** Ends; what has not been run by then is not. */
  @Override
  default void close() {}
}
