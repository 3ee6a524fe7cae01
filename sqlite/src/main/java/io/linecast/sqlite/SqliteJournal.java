package io.linecast.sqlite;

import io.linecast.core.Batch;
import io.linecast.core.History;
import io.linecast.core.Journal;
import io.linecast.core.JournalState;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A channel's journal in the file that all channels share. */
final class SqliteJournal implements Journal {

  private static final System.Logger LOG = System.getLogger(SqliteJournal.class.getName());

  private final String channel;
  private final Inbox inbox;
  private final Health health;
  private final Time time;
  private final History history;
  private final long lastBefore;
  private final List<Sent> sentBefore;

  private final HandOver handOver;

  /**
   * Held while it is told that the state is another one, so that after {@link #close} it is not.
   */
  private final ReentrantLock telling = new ReentrantLock();

  /** As the file has it. Written by the writer's thread; volatile because histories ask. */
  private volatile ChannelRow row;

  /** Rises, before lines are removed. Written as the row is, and by the thread that opens it. */
  private volatile long oldest;

  /** Written by the hand-over's thread; volatile because of {@link #state}. */
  private volatile long handedBack;

  private final AtomicLong commits = new AtomicLong();

  /** Set before the first batch. */
  private volatile @Nullable Kept kept;

  /** Why it tells nothing any more. Written by the hand-over's thread, read by any. */
  private volatile @Nullable String fault;

  /** Guarded by {@link #telling}. */
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
      Time time) {
    this.channel = channel;
    this.row = row;
    this.lastBefore = row.last();
    this.handedBack = row.last();
    this.sentBefore = sentBefore;
    this.inbox = inbox;
    this.health = health;
    this.time = time;
    this.history = new SqliteHistory(channel, this::readableRow, readers);
    this.handOver = new HandOver(Settings.WAITING_BYTES, this::tell, this::onStateChanged);
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

  /** What may be read: what is about to be removed is not. From any thread. */
  private ChannelRow readableRow() {
    long from = oldest; // first: the row is no older than it
    ChannelRow now = row;
    return now.from(Math.max(from, now.first()), 0);
  }

  /** Lines before this one are read no more. Before they are removed. */
  void letGoBefore(long line) {
    if (line > oldest) {
      oldest = line;
    }
  }

  boolean isOpen() {
    return kept != null;
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
    handOver.start("linecast-journal-" + channel);
  }

  @Override
  public void keep(Batch batch) {
    Objects.requireNonNull(kept, "not open");
    if (!inbox.add(this, batch, time.millis()) && batch.isAnswered()) {
      handOver.addFailed(new WaitingBatch(this, batch, 0, 0, 0, true));
    }
  }

  @Override
  public boolean isFull() {
    return inbox.isFull() || handOver.isFull();
  }

  @Override
  public boolean isWorking() {
    return fault == null && health.isWorking();
  }

  /** Whether it tells nothing any more. */
  boolean isBroken() {
    return fault != null;
  }

  @Override
  public JournalState state() {
    return new JournalState(
        Optional.ofNullable(fault).or(health::trouble),
        inbox.waitingBytes() + handOver.waitingBytes(),
        Math.max(0, row.last() - handedBack),
        health.failures() + (fault == null ? 0 : 1),
        commits.get());
  }

  /** Lines are kept: they are among others, and handed back after {@link #goOn}. The writer's. */
  void onKept(WaitingLines lines, WaitingBatch batch) {
    handOver.add(lines, batch);
  }

  /** Lines will not be kept. The writer's thread. */
  void onFailed(WaitingBatch batch) {
    handOver.addFailed(batch.failed());
  }

  /** What is kept of a transaction has been handed over. The writer's thread. */
  void goOn() {
    commits.incrementAndGet();
    handOver.goOn();
  }

  /** The hand-over's thread. What is kept and cannot be told any more is heard after a restart. */
  private void tell(WaitingBatch waiting, ByteBuffer run) {
    try {
      Kept receiver = Objects.requireNonNull(kept);
      if (waiting.isFailed()) {
        receiver.onFailed(waiting.batch());
      } else if (fault == null) {
        long firstLine = handedBack + 1;
        receiver.onKept(waiting.batch().part(0, waiting.lines(), run), firstLine);
        handedBack = firstLine + waiting.lines() - 1;
      }
    } catch (RuntimeException | Error e) {
      LOG.log(Level.ERROR, "channel " + channel + " has ended by a fault of the program", e);
      fault = "a fault of the program, see its log; start the server anew";
      onStateChanged();
    }
  }

  void onStateChanged() {
    Kept receiver = kept;
    telling.lock();
    try {
      if (receiver != null && !closed) {
        receiver.onStateChanged();
      }
    } finally {
      telling.unlock();
    }
  }

  /** What is kept is handed back before; what is not yet may be kept still, and nobody is told. */
  @Override
  public void close() {
    handOver.close();
    telling.lock();
    try {
      closed = true;
    } finally {
      telling.unlock();
    }
  }
}
