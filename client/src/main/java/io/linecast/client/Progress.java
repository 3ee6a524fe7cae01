package io.linecast.client;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * Where threads wait for the reading thread to get on. The reading thread takes the lock once for
 * many answers, not for each.
 */
final class Progress {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition told = lock.newCondition();
  private final Mailbox mailbox;
  private int waiting;

  Progress(Mailbox mailbox) {
    this.mailbox = mailbox;
  }

  void lock() {
    lock.lock();
  }

  void unlock() {
    lock.unlock();
  }

  /**
   * Waits, with the lock held, until something is so.
   *
   * @return whether it is
   * @throws IllegalStateException on the reading thread, which would wait for itself
   * @throws ClientException if the thread was interrupted
   */
  boolean await(BooleanSupplier so, long patienceNanos) {
    if (so.getAsBoolean()) {
      return true;
    }
    boolean consumer = mailbox.beginWait();
    waiting++;
    try {
      long left = patienceNanos;
      while (!so.getAsBoolean() && left > 0) {
        left = told.awaitNanos(left);
      }
      return so.getAsBoolean();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClientException(
          ClientException.Reason.INTERRUPTED, "interrupted while waiting for acknowledgements");
    } finally {
      waiting--;
      mailbox.endWait(consumer);
    }
  }

  /** Has those who wait look again. */
  void tell() {
    lock.lock();
    try {
      if (waiting > 0) {
        told.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }
}
