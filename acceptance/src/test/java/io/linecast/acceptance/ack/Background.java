package io.linecast.acceptance.ack;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** What goes on beside a test, each in a thread of its own however few processors there are. */
final class Background {

  private Background() {}

  static CompletableFuture<Void> run(Runnable task) {
    return CompletableFuture.runAsync(task, Thread::startVirtualThread);
  }

  static <T> CompletableFuture<T> supply(Supplier<T> task) {
    return CompletableFuture.supplyAsync(task, Thread::startVirtualThread);
  }
}
