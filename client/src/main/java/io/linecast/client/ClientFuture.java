package io.linecast.client;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A future, and what depends on it, that tells the client when its own threads wait: the reading
 * thread must not, because it would wait for itself; and while the thread that takes the events
 * waits, the reading thread may not wait for that one.
 */
class ClientFuture<T> extends CompletableFuture<T> {

  final Mailbox mailbox;

  ClientFuture(Mailbox mailbox) {
    this.mailbox = mailbox;
  }

  @Override
  public <U> CompletableFuture<U> newIncompleteFuture() {
    return new ClientFuture<>(mailbox);
  }

  @Override
  public T get() throws InterruptedException, ExecutionException {
    if (isDone()) {
      return super.get();
    }
    boolean consumer = mailbox.beginWait();
    try {
      return super.get();
    } finally {
      mailbox.endWait(consumer);
    }
  }

  @Override
  public T get(long timeout, TimeUnit unit)
      throws InterruptedException, ExecutionException, TimeoutException {
    if (isDone()) {
      return super.get(timeout, unit);
    }
    boolean consumer = mailbox.beginWait();
    try {
      return super.get(timeout, unit);
    } finally {
      mailbox.endWait(consumer);
    }
  }

  @Override
  public T join() {
    if (isDone()) {
      return super.join();
    }
    boolean consumer = mailbox.beginWait();
    try {
      return super.join();
    } finally {
      mailbox.endWait(consumer);
    }
  }
}
