package io.linecast.kafka;

import io.linecast.core.Batch;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * All batches that have not been handed back, of all channels: those that are still to be sent, and
 * those of each channel in their order. Safe from any thread; its lock is held for a copy.
 */
final class Outstanding {

  private final long mostBytes;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<WaitingBatch> toSend = new ArrayDeque<>();
  private final Map<KafkaJournal, Deque<WaitingBatch>> ofJournals = new HashMap<>();
  private final Map<KafkaJournal, Long> nextSequences = new HashMap<>();
  private boolean closing;

  /** Written under the lock; volatile because senders and operators ask without it. */
  private volatile long waitingBytes;

  private volatile boolean full;

  /**
   * None.
   *
   * @param mostBytes when so many wait it is full
   */
  Outstanding(long mostBytes) {
    this.mostBytes = mostBytes;
  }

  /** A batch has come; its bytes are copied. */
  @SuppressWarnings("NonAtomicVolatileUpdate") // under the lock
  void add(KafkaJournal journal, Batch batch) {
    lock.lock();
    try {
      if (closing) {
        return;
      }
      long sequence = nextSequences.getOrDefault(journal, 1L);
      WaitingBatch waiting = new WaitingBatch(journal, batch, sequence);
      nextSequences.put(journal, waiting.endSequence());
      ofJournals.computeIfAbsent(journal, _ -> new ArrayDeque<>()).add(waiting);
      toSend.add(waiting);
      waitingBytes += waiting.bytes().length;
      full |= waitingBytes >= mostBytes;
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Kafka has not been there for so long that nobody who wants an answer waits any longer, also for
   * what is written: it is heard later.
   */
  void giveUpUnheard() {
    lock.lock();
    try {
      ofJournals.keySet().forEach(this::giveUpUnheard);
    } finally {
      lock.unlock();
    }
  }

  /** As above, of one channel, whose lines cannot be heard. */
  void giveUpUnheard(KafkaJournal journal) {
    lock.lock();
    try {
      ofJournals.getOrDefault(journal, new ArrayDeque<>()).stream()
          .filter(WaitingBatch::isAnswered)
          .forEach(WaitingBatch::giveUp);
    } finally {
      lock.unlock();
    }
  }

  /** Whether any batch of a channel has not been handed back. */
  boolean isWaiting(KafkaJournal journal) {
    lock.lock();
    try {
      Deque<WaitingBatch> waiting = ofJournals.get(journal);
      return waiting != null && !waiting.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /** The next to be sent; null if none has come in that time. */
  @Nullable WaitingBatch next(long nanos) throws InterruptedException {
    lock.lock();
    try {
      long left = nanos;
      while (toSend.isEmpty() && !closing && left > 0) {
        left = changed.awaitNanos(left);
      }
      return toSend.poll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * What may have been written and is not known to be, and what has not been sent: those whose
   * senders are told are given up, the others are to be sent anew, in their order.
   */
  void giveUpAnswered() {
    lock.lock();
    try {
      toSend.clear();
      for (Deque<WaitingBatch> waiting : ofJournals.values()) {
        for (WaitingBatch each : waiting) {
          if (each.isAnswered() && !each.isWritten()) {
            each.giveUp();
          }
          if (!each.isGivenUp() && !each.isWritten()) {
            toSend.add(each);
          }
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /** This one can never be written. */
  void giveUp(WaitingBatch hopeless) {
    lock.lock();
    try {
      hopeless.giveUp();
    } finally {
      lock.unlock();
    }
  }

  /**
   * A line has come back. Removes the batches before its own, whose lines will not come any more,
   * and tells of them.
   *
   * @return the batch it is a line of; null if that has been given up
   */
  @Nullable WaitingBatch find(KafkaJournal journal, long sequence, List<WaitingBatch> passed) {
    lock.lock();
    try {
      Deque<WaitingBatch> waiting = ofJournals.getOrDefault(journal, new ArrayDeque<>());
      while (!waiting.isEmpty() && waiting.element().endSequence() <= sequence) {
        passed.add(waiting.remove());
      }
      WaitingBatch first = waiting.peek();
      return first == null || first.firstSequence() > sequence ? null : first;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes out those who are given up, as far as no other one that is answered waits before them.
   */
  List<WaitingBatch> removeGivenUp(KafkaJournal journal) {
    lock.lock();
    try {
      List<WaitingBatch> removed = new ArrayList<>();
      boolean[] barred = {false};
      ofJournals
          .getOrDefault(journal, new ArrayDeque<>())
          .removeIf(
              each -> {
                barred[0] |= each.isAnswered() && !each.isGivenUp();
                boolean goes = each.isGivenUp() && !barred[0];
                if (goes) {
                  removed.add(each);
                }
                return goes;
              });
      return removed;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes out those that were written before an offset, up to the first of which that is unknown.
   */
  List<WaitingBatch> removeWrittenBefore(KafkaJournal journal, long offset) {
    lock.lock();
    try {
      List<WaitingBatch> removed = new ArrayList<>();
      Deque<WaitingBatch> waiting = ofJournals.getOrDefault(journal, new ArrayDeque<>());
      while (!waiting.isEmpty() && waiting.element().isWrittenBefore(offset)) {
        removed.add(waiting.remove());
      }
      return removed;
    } finally {
      lock.unlock();
    }
  }

  /** A batch is done with; it is the first of its channel, or has been taken out. */
  @SuppressWarnings({"NonAtomicVolatileUpdate", "ReferenceEquality"}) // under the lock; that one
  boolean onDone(WaitingBatch batch) {
    lock.lock();
    try {
      Deque<WaitingBatch> waiting = ofJournals.getOrDefault(batch.journal(), new ArrayDeque<>());
      if (waiting.peek() == batch) {
        waiting.remove();
      }
      waitingBytes -= batch.bytes().length;
      boolean roomAgain = full && waitingBytes <= mostBytes / 2;
      full &= !roomAgain;
      return roomAgain;
    } finally {
      lock.unlock();
    }
  }

  long waitingBytes() {
    return waitingBytes;
  }

  boolean isFull() {
    return full;
  }

  /** Whether anything waits to be written that has not been given up. */
  boolean hasUnwritten() {
    lock.lock();
    try {
      return ofJournals.values().stream()
          .flatMap(Deque::stream)
          .anyMatch(each -> !each.isWritten() && !each.isGivenUp());
    } finally {
      lock.unlock();
    }
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
}
