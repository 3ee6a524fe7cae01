package io.linecast.kafka;

import io.linecast.core.Batch;
import io.linecast.core.History;
import io.linecast.core.Journal;
import io.linecast.core.JournalState;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** A channel's journal: a partition. A record's offset and one is its line's number. */
final class KafkaJournal implements Journal {

  private final String channel;
  private final TopicPartition partition;
  private final String epoch;
  private final long lastBefore;
  private final List<Sent> sentBefore;
  private final Outstanding outstanding;
  private final Health health;
  private final History history;

  /** Where the partition begins and ends, as far as is known. */
  private final Extent extent;

  private final Holdup holdup;

  /** Held while lines are handed back, so that after {@link #close} none are. */
  private final ReentrantLock handingBack = new ReentrantLock();

  /** Set before the first batch. Volatile: the hearing thread asks whether it is there. */
  private volatile @Nullable Kept kept;

  /** Guarded by {@link #handingBack}. */
  private boolean closed;

  KafkaJournal(
      String channel,
      String epoch,
      Tail tail,
      Readers readers,
      Outstanding outstanding,
      Health health,
      Duration patience) {
    this.channel = channel;
    this.partition = tail.partition();
    this.epoch = epoch;
    this.lastBefore = tail.lastLine();
    this.sentBefore = tail.sent();
    this.extent = tail.extent();
    this.holdup = new Holdup(partition, patience);
    this.outstanding = outstanding;
    this.health = health;
    this.history = new KafkaHistory(partition, extent, readers);
  }

  String channel() {
    return channel;
  }

  TopicPartition partition() {
    return partition;
  }

  Extent extent() {
    return extent;
  }

  Holdup holdup() {
    return holdup;
  }

  boolean isOpen() {
    return kept != null;
  }

  @Override
  public String kind() {
    return KafkaJournalProvider.SCHEME;
  }

  @Override
  public String epoch() {
    return epoch;
  }

  @Override
  public long lastLine() {
    return lastBefore;
  }

  @Override
  public List<Sent> sent() {
    return sentBefore;
  }

  @Override
  public History history() {
    return history;
  }

  @Override
  public boolean isDeferred() {
    return true;
  }

  @Override
  public boolean isShared() {
    return true;
  }

  @Override
  public void open(Kept receiver) {
    kept = receiver;
  }

  @Override
  public void keep(Batch batch) {
    Objects.requireNonNull(kept, "not open");
    outstanding.add(this, batch);
  }

  @Override
  public boolean isFull() {
    return outstanding.isFull();
  }

  @Override
  public boolean isWorking() {
    return health.isWorking() && !holdup.isThere();
  }

  @Override
  public JournalState state() {
    return new JournalState(
        health.trouble().or(holdup::trouble),
        outstanding.waitingBytes(),
        extent.lagLines(),
        health.failures() + holdup.times(),
        0);
  }

  /**
   * Tells whoever the lines are for, unless it is closed. The hearing thread; news of the state
   * from any.
   */
  void tell(Consumer<Kept> news) {
    Kept receiver = kept;
    handingBack.lock();
    try {
      if (receiver != null && !closed) {
        news.accept(receiver);
      }
    } finally {
      handingBack.unlock();
    }
  }

  /** From any thread, and never behind lines that wait to enter. */
  void onStateChanged() {
    Kept receiver = kept;
    if (receiver != null) {
      receiver.onStateChanged();
    }
  }

  @Override
  public void close() {
    handingBack.lock(); // when what is being handed back has been
    try {
      closed = true;
    } finally {
      handingBack.unlock();
    }
  }
}
