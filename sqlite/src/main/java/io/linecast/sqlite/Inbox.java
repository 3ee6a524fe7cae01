package io.linecast.sqlite;

import io.linecast.core.Batch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What all channels have given to be kept and the writer has not taken yet. Safe from any thread;
 * the lock is held for a copy.
 */
final class Inbox {

  private final long mostBytes;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final WaitingLines filling = new WaitingLines();
  private boolean closing;

  /** Of all that has not been handed back, wherever it is. */
  private final AtomicLong waitingBytes = new AtomicLong();

  /** Written under the lock; volatile because senders ask without it. */
  private volatile boolean full;

  /**
   * An empty one.
   *
   * @param mostBytes when so many wait it is full
   */
  Inbox(long mostBytes) {
    this.mostBytes = mostBytes;
  }

  void add(SqliteJournal journal, Batch batch, long timeMillis) {
    int length = batch.run().remaining();
    lock.lock();
    try {
      filling.add(journal, batch, timeMillis);
      full |= waitingBytes.addAndGet(length) >= mostBytes;
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Takes all that has come; waits for it as long as this if there is nothing. */
  void takeInto(WaitingLines taken, long nanos) throws InterruptedException {
    lock.lock();
    try {
      long left = nanos;
      while (filling.isEmpty() && !closing && left > 0) {
        left = changed.awaitNanos(left);
      }
      taken.takeAll(filling);
    } finally {
      lock.unlock();
    }
  }

  /** Waits so long, whatever comes, or until it is to end. */
  void pause(long nanos) throws InterruptedException {
    lock.lock();
    try {
      long left = nanos;
      while (!closing && left > 0) {
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  /** So many bytes wait no longer; returns whether there is room again. */
  boolean onDone(long bytes) {
    lock.lock();
    try {
      boolean roomAgain = waitingBytes.addAndGet(-bytes) <= mostBytes / 2 && full;
      full &= !roomAgain;
      return roomAgain;
    } finally {
      lock.unlock();
    }
  }

  long waitingBytes() {
    return waitingBytes.get();
  }

  boolean isFull() {
    return full;
  }

  void close() {
    lock.lock();
    try {
      closing = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  boolean isClosing() {
    lock.lock();
    try {
      return closing;
    } finally {
      lock.unlock();
    }
  }
}
