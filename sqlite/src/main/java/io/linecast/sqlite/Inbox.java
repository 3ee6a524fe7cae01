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
  private State state = State.OPEN; // guarded by the lock

  /** From one to the next. */
  private enum State {
    OPEN,
    /** It will end when all is kept, or cannot be. */
    CLOSING,
    /** Nothing is taken any more. */
    ENDED
  }

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

  /** Returns whether it was taken: else nothing will be kept any more. */
  boolean add(SqliteJournal journal, Batch batch, long timeMillis) {
    int length = batch.run().remaining();
    lock.lock();
    try {
      if (state == State.ENDED) {
        return false;
      }
      filling.add(journal, batch, timeMillis);
      full |= waitingBytes.addAndGet(length) >= mostBytes;
      changed.signal();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Waits so long for something to come, or until it is to end. */
  void await(long nanos) throws InterruptedException {
    lock.lock();
    try {
      long left = nanos;
      while (filling.isEmpty() && state == State.OPEN && left > 0) {
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Waits so long, whatever comes, or until it is to end. */
  void pause(long nanos) throws InterruptedException {
    lock.lock();
    try {
      long left = nanos;
      while (state == State.OPEN && left > 0) {
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Takes all that has come. */
  void takeInto(WaitingLines taken) {
    lock.lock();
    try {
      taken.takeAll(filling);
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

  /** It is to end. */
  void close() {
    lock.lock();
    try {
      if (state == State.OPEN) {
        state = State.CLOSING;
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Ends if it is to.
   *
   * @param keeping whether what has come since can be kept
   * @return whether it has ended
   */
  boolean hasEnded(boolean keeping) {
    lock.lock();
    try {
      if (state == State.CLOSING && (filling.isEmpty() || !keeping)) {
        state = State.ENDED;
      }
      return state == State.ENDED;
    } finally {
      lock.unlock();
    }
  }

  /** Takes all that has come, and nothing comes any more. */
  void end(WaitingLines taken) {
    lock.lock();
    try {
      state = State.ENDED;
      taken.takeAll(filling);
    } finally {
      lock.unlock();
    }
  }
}
