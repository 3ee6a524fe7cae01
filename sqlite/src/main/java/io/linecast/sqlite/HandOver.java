package io.linecast.sqlite;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What a channel's journal has done with its batches and has not told yet, in their order. The
 * writer leaves it here and goes on with other channels; a thread of this channel's tells it, and
 * may have to wait for that as long as the channel's senders do.
 *
 * <p>A batch's bytes are copied for it, so the writer's are free at once: beside what SQLite does
 * with each line, that is nothing.
 */
final class HandOver {

  /** What it has at first, and may hold on to: there are as many of these as channels, twice. */
  private static final int FIRST_BYTES = 1 << 10;

  private static final int RESTING_BYTES = 256 << 10;

  /** Whom it is told. */
  @FunctionalInterface
  interface Receiver {

    /** Tells it, and may take its time. On the hand-over's thread; {@code run} is valid within. */
    void tell(WaitingBatch batch, ByteBuffer run);
  }

  private final long mostBytes;
  private final Receiver receiver;
  private final Runnable onRoom;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  /** What nobody has been told yet. Guarded by the lock. */
  private WaitingLines filling = new WaitingLines(FIRST_BYTES, RESTING_BYTES);

  /** What is being told. Its thread's only. */
  private WaitingLines telling = new WaitingLines(FIRST_BYTES, RESTING_BYTES);

  /** Guarded by the lock. */
  private boolean closing;

  /** Written under the lock, both; anybody asks without it. */
  private final AtomicLong waitingBytes = new AtomicLong();

  private volatile boolean full;

  /** Set once, before anything comes. */
  private @Nullable Thread thread;

  /**
   * Nothing to tell.
   *
   * @param mostBytes when so many wait it is full
   * @param onRoom run when it was full, and has room again; on its thread
   */
  HandOver(long mostBytes, Receiver receiver, Runnable onRoom) {
    this.mostBytes = mostBytes;
    this.receiver = receiver;
    this.onRoom = onRoom;
  }

  /** Begins to work, on a thread that costs nothing while there is nothing to tell. */
  void start(String name) {
    thread = Thread.ofVirtual().name(name).start(this::tellAll);
  }

  /** Takes a batch, and its bytes of those that it is among; they are told of after goOn(). */
  void add(WaitingLines lines, WaitingBatch batch) {
    lock.lock();
    try {
      if (!closing) {
        filling.addCopy(lines, batch);
        full |= waitingBytes.addAndGet(batch.length()) >= mostBytes;
      }
    } finally {
      lock.unlock();
    }
  }

  /** Takes a batch that has no bytes any more; it is told. */
  void addFailed(WaitingBatch batch) {
    lock.lock();
    try {
      if (!closing) {
        filling.addEmpty(batch);
        changed.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  /** What was added is to be told. */
  void goOn() {
    lock.lock();
    try {
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  private void tellAll() {
    while (takeAll()) {
      for (WaitingBatch batch : telling.batches()) {
        receiver.tell(batch, telling.run(batch));
        onTold(batch.length());
      }
      telling.clear();
    }
  }

  /** Waits until something has come; returns false if it is all over. */
  private boolean takeAll() {
    lock.lock();
    try {
      while (filling.isEmpty() && !closing) {
        changed.awaitUninterruptibly();
      }
      WaitingLines empty = telling;
      telling = filling;
      filling = empty;
      return !telling.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  private void onTold(long bytes) {
    boolean roomAgain;
    lock.lock();
    try {
      roomAgain = waitingBytes.addAndGet(-bytes) <= mostBytes / 2 && full;
      full &= !roomAgain;
    } finally {
      lock.unlock();
    }
    if (roomAgain) {
      onRoom.run();
    }
  }

  /** What has not been told. From any thread. */
  long waitingBytes() {
    return waitingBytes.get();
  }

  /** Whether as much waits as may. From any thread. */
  boolean isFull() {
    return full;
  }

  /** Waits until all that has come is told; what comes later is not. */
  void close() {
    lock.lock();
    try {
      closing = true;
      changed.signal();
    } finally {
      lock.unlock();
    }
    if (thread != null) {
      Threads.awaitEnd(thread);
    }
  }
}
