package io.linecast.sqlite;

import io.linecast.core.Batch;
import io.linecast.core.History;
import io.linecast.core.Journal;
import io.linecast.core.JournalState;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A channel's journal in the file that all channels share. */
final class SqliteJournal implements Journal {

  private final String channel;
  private final Inbox inbox;
  private final Health health;
  private final InstantSource clock;
  private final History history;
  private final long lastBefore;
  private final List<Sent> sentBefore;

  /** Held while lines are handed back, so that after {@link #close} none are. */
  private final ReentrantLock handingBack = new ReentrantLock();

  /** As the file has it. Written by the writer's thread; volatile because histories ask. */
  private volatile ChannelRow row;

  /** Written by the writer's thread; volatile because of {@link #state}. */
  private volatile long handedBack;

  /** Set before the first batch; the writer's thread sees it by way of the inbox. */
  private volatile @Nullable Kept kept;

  /** Guarded by {@link #handingBack}. */
  private boolean closed;

  /**
   * A channel's.
   *
   * @param row as the file has it
   * @param sentBefore what publishers had sent
   */
  SqliteJournal(
      String channel,
      ChannelRow row,
      List<Sent> sentBefore,
      Inbox inbox,
      Health health,
      Readers readers,
      InstantSource clock) {
    this.channel = channel;
    this.row = row;
    this.lastBefore = row.last();
    this.handedBack = row.last();
    this.sentBefore = sentBefore;
    this.inbox = inbox;
    this.health = health;
    this.clock = clock;
    this.history = new SqliteHistory(channel, this::row, readers);
  }

  String channel() {
    return channel;
  }

  ChannelRow row() {
    return row;
  }

  void setRow(ChannelRow newRow) {
    row = newRow;
  }

  @Override
  public String kind() {
    return SqliteJournalProvider.SCHEME;
  }

  @Override
  public String epoch() {
    return row.epoch();
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
  public void open(Kept receiver) {
    kept = receiver;
  }

  @Override
  public void keep(Batch batch) {
    Objects.requireNonNull(kept, "not open");
    inbox.add(this, batch, clock.millis());
  }

  @Override
  public boolean isFull() {
    return inbox.isFull();
  }

  @Override
  public boolean isWorking() {
    return health.isWorking();
  }

  @Override
  public JournalState state() {
    return new JournalState(
        health.trouble(),
        inbox.waitingBytes(),
        Math.max(0, row.last() - handedBack),
        health.failures());
  }

  /** Lines are kept. The writer's thread. */
  void handBack(WaitingBatch waiting, ByteBuffer run) {
    long firstLine = handedBack + 1;
    toldKept(receiver -> receiver.onKept(waiting.batch().part(0, waiting.lines(), run), firstLine));
    handedBack = firstLine + waiting.lines() - 1;
  }

  /** Lines will not be kept. The writer's thread. */
  void onFailed(WaitingBatch waiting) {
    toldKept(receiver -> receiver.onFailed(waiting.batch()));
  }

  void onStateChanged() {
    toldKept(Kept::onStateChanged);
  }

  private void toldKept(Consumer<Kept> news) {
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
