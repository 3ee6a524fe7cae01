package io.linecast.core;

import java.util.concurrent.LinkedBlockingQueue;

/** A loop that is a thread of its own, with nothing but tasks to do. */
final class ThreadLoop implements Loop {

  private final LinkedBlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
  private final Thread thread;
  private boolean ending;

  ThreadLoop(String name) {
    thread = Thread.ofPlatform().daemon().name(name).start(this::run);
  }

  @Override
  public void execute(Runnable task) {
    tasks.add(task);
  }

  @Override
  public void executeAfterIo(Runnable task) {
    tasks.add(task);
  }

  private void run() {
    try {
      while (!ending) {
        tasks.take().run();
      }
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  /** Lets it do what it has to do already, and waits for that; what it did is then to be seen. */
  void end() throws InterruptedException {
    tasks.add(() -> ending = true);
    thread.join();
  }
}
