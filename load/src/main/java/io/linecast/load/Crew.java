package io.linecast.load;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** The workers of a run, each on a thread of its own, since a worker's sockets belong to one. */
final class Crew implements AutoCloseable {
  private final List<ExecutorService> threads = new ArrayList<>();
  private final List<Worker> workers = new ArrayList<>();

  Crew(List<Share> shares) {
    for (Share share : shares) {
      ExecutorService thread =
          Executors.newSingleThreadExecutor(
              Thread.ofPlatform().name("load-" + threads.size()).daemon().factory());
      threads.add(thread);
      workers.add(shares.size() == 1 ? new LocalWorker(share) : new RemoteWorker(share));
    }
  }

  int size() {
    return workers.size();
  }

  /** Has all do something at the same time; returns their answers when all have one. */
  <T> List<T> all(Function<Worker, T> task) {
    return join(start(task));
  }

  /** Has all begin something. */
  <T> List<Future<T>> start(Function<Worker, T> task) {
    List<Future<T>> futures = new ArrayList<>();
    for (int i = 0; i < workers.size(); i++) {
      futures.add(submit(i, task));
    }
    return futures;
  }

  /** Has one do something. */
  void one(int index, Function<Worker, Boolean> task) {
    join(List.of(submit(index, task)));
  }

  /**
   * Waits for what was begun.
   *
   * @throws LoadFailure if a worker could not do it
   */
  static <T> List<T> join(List<Future<T>> futures) {
    List<T> results = new ArrayList<>();
    try {
      for (Future<T> future : futures) {
        results.add(future.get());
      }
      return results;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof LoadFailure failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LoadFailure("interrupted");
    }
  }

  @Override
  public void close() {
    List<Future<Boolean>> closing =
        start(
            worker -> {
              worker.close();
              return true;
            });
    threads.forEach(ExecutorService::shutdown);
    join(closing);
  }

  private <T> Future<T> submit(int index, Function<Worker, T> task) {
    Worker worker = workers.get(index);
    return threads.get(index).submit(() -> task.apply(worker));
  }
}
