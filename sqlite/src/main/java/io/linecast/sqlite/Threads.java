package io.linecast.sqlite;

/** Waiting for threads. */
final class Threads {

  private Threads() {}

  /** Waits until a thread has ended, even if this one is interrupted meanwhile. */
  static void awaitEnd(Thread thread) {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
