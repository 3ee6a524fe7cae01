package io.linecast.client;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Events received and not yet taken; the reading thread fills it, one other takes from it. When it
 * is full the reading thread waits, and so the server does. There is one exception: only the
 * reading thread can bring acknowledgements, and whoever takes the events may be waiting for one,
 * in ways that nobody sees. So while lines are unanswered that one reads on, up to a second bound.
 */
final class Mailbox {

  /** What an event costs beside its bytes, about. */
  private static final int EVENT_BYTES = 64;

  /** How much more than its limit a mailbox holds while lines are unanswered. */
  static final int UNANSWERED_BYTES = 64 << 20;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition filled = lock.newCondition();
  private final Condition emptied = lock.newCondition();
  private final int limitBytes;
  private final long unansweredLimitBytes;
  private final boolean doneByHand;
  private final Dealt dealt;

  // Guarded by the lock.
  private final ArrayDeque<Event> events = new ArrayDeque<>();
  private long queuedBytes;
  private @Nullable Event taken;
  private int consumerWaits;
  private boolean released;
  private boolean closed;
  private boolean ended;
  private @Nullable ClientException failure;

  /** Set once, before the client is handed to anybody. */
  private volatile @Nullable Thread reader;

  /**
   * Whoever took last; written under the lock, looked at without it by threads about themselves.
   */
  private volatile @Nullable Thread consumer;

  /** Whether the reading thread waits; set before it looks for unanswered lines a last time. */
  private volatile boolean holds;

  /**
   * An empty one.
   *
   * @param onDealt told when more is dealt with
   */
  Mailbox(int limitBytes, boolean doneByHand, Runnable onDealt) {
    this(limitBytes, UNANSWERED_BYTES, doneByHand, onDealt);
  }

  /** One with another second bound. */
  Mailbox(int limitBytes, int unansweredBytes, boolean doneByHand, Runnable onDealt) {
    this.limitBytes = limitBytes;
    this.unansweredLimitBytes = (long) limitBytes + unansweredBytes;
    this.doneByHand = doneByHand;
    dealt = new Dealt(onDealt);
  }

  void setReader(Thread thread) {
    reader = thread;
  }

  boolean isReader(Thread thread) {
    return thread.equals(reader);
  }

  /** Whether the reading thread may have to wait for this one, or is it. */
  boolean isAwaited(Thread thread) {
    return isReader(thread) || thread.equals(consumer);
  }

  /**
   * Adds events, then waits while there are too many.
   *
   * @param unanswered whether any line sent is
   * @param whileHeld called now and then during a long wait
   * @param holdNanos how often
   * @throws ClientException if it would wait for a thread that waits for it
   */
  void put(List<Event> more, BooleanSupplier unanswered, Runnable whileHeld, long holdNanos)
      throws InterruptedException {
    lock.lock();
    try {
      if (closed) {
        return;
      }
      for (Event event : more) {
        events.add(event);
        queuedBytes += bytes(event);
      }
      filled.signalAll();
      holds = true;
      while (mustHold(unanswered)) {
        if (emptied.awaitNanos(holdNanos) <= 0) {
          whileHeld.run();
        }
      }
    } finally {
      holds = false;
      lock.unlock();
    }
  }

  private boolean mustHold(BooleanSupplier unanswered) {
    if (queuedBytes <= limitBytes || closed || released) {
      return false;
    }
    if (queuedBytes <= unansweredLimitBytes) {
      return consumerWaits == 0 && !unanswered.getAsBoolean();
    }
    if (consumerWaits > 0) {
      throw new ClientException(
          ClientException.Reason.BEHIND,
          "more than "
              + unansweredLimitBytes
              + " bytes were heard while the thread that takes them waited for acknowledgements");
    }
    return true;
  }

  /** One line more is unanswered: whoever has sent it may be about to wait for the answer. */
  void tellUnanswered() {
    if (holds) {
      lock.lock();
      try {
        emptied.signal();
      } finally {
        lock.unlock();
      }
    }
  }

  private static int bytes(Event event) {
    return EVENT_BYTES + (event instanceof Line line ? line.bytes().length : 0);
  }

  /** Takes an event; see {@link Events#poll}. */
  Optional<Event> take(Duration patience) {
    dealWithTaken();
    lock.lock();
    try {
      consumer = Thread.currentThread();
      if (!await(Patience.nanos(patience)) && failure != null) {
        throw failure;
      }
      Event event = events.poll();
      taken = event;
      if (event != null) {
        queuedBytes -= bytes(event);
        emptied.signal();
      }
      return Optional.ofNullable(event);
    } catch (InterruptedException e) {
      throw interrupted();
    } finally {
      lock.unlock();
    }
  }

  /** Takes an event, however long that lasts; empty at the end. */
  Optional<Event> take() {
    return take(Duration.ofNanos(Long.MAX_VALUE));
  }

  private boolean await(long patienceNanos) throws InterruptedException {
    long left = patienceNanos;
    while (events.isEmpty() && !ended && !closed && left > 0) {
      left = filled.awaitNanos(left);
    }
    return !events.isEmpty();
  }

  private static ClientException interrupted() {
    Thread.currentThread().interrupt();
    return new ClientException(
        ClientException.Reason.INTERRUPTED, "interrupted while waiting for an event");
  }

  private void dealWithTaken() {
    Event last;
    lock.lock();
    try {
      last = taken;
      taken = null;
    } finally {
      lock.unlock();
    }
    if (last != null && !doneByHand) {
      done(last);
    }
  }

  /** An event is dealt with, and all before it. */
  void done(Event event) {
    dealt.add(event);
  }

  /** The latest event that is dealt with. */
  @Nullable Event dealt() {
    return dealt.latest();
  }

  /**
   * The calling thread is going to wait for the reading thread.
   *
   * @return to be given to {@link #endWait}
   * @throws IllegalStateException if it is the reading thread
   */
  boolean beginWait() {
    Thread current = Thread.currentThread();
    if (isReader(current)) {
      throw new IllegalStateException(
          "the client's reading thread would wait for itself: use an ...Async method");
    }
    lock.lock();
    try {
      Thread last = consumer;
      if (last != null && !current.equals(last)) { // where nobody has taken yet it may be this one
        return false;
      }
      consumerWaits++;
      emptied.signal();
      return true;
    } finally {
      lock.unlock();
    }
  }

  void endWait(boolean isConsumer) {
    if (isConsumer) {
      lock.lock();
      try {
        consumerWaits--;
      } finally {
        lock.unlock();
      }
    }
  }

  /** The client is about to end: the reading thread waits for nobody any more. */
  void release() {
    lock.lock();
    try {
      released = true;
      emptied.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** The program has closed the client: whatever is here or still comes is thrown away. */
  void close() {
    lock.lock();
    try {
      closed = true;
      events.clear();
      filled.signalAll();
      emptied.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Nothing more will come. */
  void end(@Nullable ClientException why) {
    lock.lock();
    try {
      ended = true;
      failure = why;
      filled.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
