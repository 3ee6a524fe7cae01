package io.linecast.sqlite;

import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the lines of all channels of a file, on one thread: a transaction takes what has come while
 * the last one was committed. What is kept is left to each channel's own hand-over, so that no
 * channel waits for another one's clients.
 *
 * <p>When a transaction fails it is tried again every second. Batches whose senders are told are
 * given up meanwhile, but not as long as it is in doubt whether the file has them: that is so when
 * a commit has failed, and until the file has been opened anew and looked at.
 */
final class Writer implements Runnable {

  private static final System.Logger LOG = System.getLogger(Writer.class.getName());
  private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Database database;
  private final Inbox inbox;
  private final Health health;

  /** All journals of the file; added to by the thread that starts the server. */
  private final List<SqliteJournal> journals = new CopyOnWriteArrayList<>();

  private final WaitingLines current = new WaitingLines();
  private @Nullable WriteSession session;

  /** The channels as they are if the commit was made that may have been; null without doubt. */
  private @Nullable Map<SqliteJournal, ChannelRow> inDoubt;

  private int inDoubtBatches;

  Writer(Database database, Inbox inbox, Health health) {
    this.database = database;
    this.inbox = inbox;
    this.health = health;
  }

  void add(SqliteJournal journal) {
    journals.add(journal);
  }

  @Override
  public void run() {
    try {
      boolean ended = false;
      while (!ended) {
        ended = inbox.isClosing();
        turn();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error e) {
      LOG.log(Level.ERROR, "the journal has ended by a fault of the program", e);
      onTrouble("a fault of the program, see its log; start the server anew");
    } finally {
      dropSession();
    }
  }

  /** One round; if it is to end, the last one keeps all that has come, if that can be done. */
  private void turn() throws InterruptedException {
    if (health.isWorking()) {
      inbox.takeInto(current, IDLE_NANOS);
    } else {
      inbox.pause(RETRY_NANOS);
      inbox.takeInto(current, 0);
    }
    if (inDoubt == null && journals.stream().anyMatch(SqliteJournal::isBroken)) {
      giveUp(batch -> batch.journal().isBroken() && batch.batch().isAnswered());
    }
    do {
      tryOnce();
    } while (health.isWorking() && !current.isEmpty());
  }

  private void tryOnce() {
    Map<SqliteJournal, ChannelRow> committing = null;
    int count = 0;
    try {
      WriteSession open = openSession();
      resolveDoubt(open);
      if (!current.isEmpty()) {
        count = current.within(Settings.TRANSACTION_BYTES);
        Map<SqliteJournal, ChannelRow> after = open.write(current, count);
        committing = after;
        open.commit();
        onKept(count, after);
      } else if (!health.isWorking() && !journals.isEmpty()) {
        open.probe(journals.getFirst());
        onWell();
      }
    } catch (SQLException e) {
      onFailure(e, committing, count);
    }
  }

  private WriteSession openSession() throws SQLException {
    WriteSession open = session;
    if (open == null) {
      open = WriteSession.open(database);
      session = open;
    }
    return open;
  }

  /** Looks into the file that has been opened anew. */
  private void resolveDoubt(WriteSession open) throws SQLException {
    Map<SqliteJournal, ChannelRow> after = inDoubt;
    if (after == null) {
      return;
    }
    boolean kept = true;
    for (Map.Entry<SqliteJournal, ChannelRow> each : after.entrySet()) {
      Optional<ChannelRow> found = open.channel(each.getKey().channel());
      kept &= found.isPresent() && found.get().equals(each.getValue());
    }
    inDoubt = null;
    if (kept) {
      onKept(inDoubtBatches, after);
    } else {
      giveUpAnswered();
    }
  }

  private void onFailure(
      SQLException failure, @Nullable Map<SqliteJournal, ChannelRow> committing, int count) {
    SqlTrouble kind = SqlTrouble.of(failure);
    if (onTrouble(SqlTrouble.wordsFor(failure))) {
      LOG.log(Level.ERROR, "the journal keeps nothing: " + SqlTrouble.wordsFor(failure), failure);
    }
    rollBack(kind);
    if (committing != null && !kind.isCertain()) {
      inDoubt = committing;
      inDoubtBatches = count;
      lookNow();
    } else if (inDoubt == null) {
      giveUpAnswered();
    }
  }

  /** Opens the file anew; mostly it says at once what it has. */
  private void lookNow() {
    try {
      resolveDoubt(openSession());
    } catch (SQLException e) {
      onTrouble(SqlTrouble.wordsFor(e));
      rollBack(SqlTrouble.of(e));
    }
  }

  private void rollBack(SqlTrouble kind) {
    WriteSession open = session;
    if (open == null) {
      return;
    }
    try {
      open.rollback();
    } catch (SQLException e) {
      dropSession();
      return;
    }
    if (!kind.leavesConnection()) {
      dropSession();
    }
  }

  private void dropSession() {
    try (WriteSession _ = session) {
      session = null;
    } catch (SQLException e) {
      LOG.log(Level.WARNING, "closing the journal: " + e.getMessage());
    }
  }

  /** Those whose senders are told will not be kept; the others wait on. */
  private void giveUpAnswered() {
    try {
      inbox.takeInto(current, 0);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    giveUp(batch -> batch.batch().isAnswered());
  }

  private void giveUp(Predicate<WaitingBatch> such) {
    long[] bytes = {0};
    current.removeIf(
        such,
        batch -> {
          bytes[0] += batch.length();
          batch.journal().onFailed(current, batch);
        });
    journals.forEach(SqliteJournal::goOn);
    onDone(bytes[0]);
  }

  private void onKept(int count, Map<SqliteJournal, ChannelRow> after) {
    after.forEach(SqliteJournal::setRow);
    onWell();
    long bytes = 0;
    for (WaitingBatch batch : current.batches().subList(0, count)) {
      batch.journal().onKept(current, batch);
      bytes += batch.length();
    }
    after.keySet().forEach(SqliteJournal::goOn);
    current.removeFirst(count);
    onDone(bytes);
  }

  private void onDone(long bytes) {
    if (inbox.onDone(bytes)) {
      tellJournals();
    }
  }

  private boolean onTrouble(String words) {
    boolean begins = health.onTrouble(words);
    if (begins) {
      tellJournals();
    }
    return begins;
  }

  private void onWell() {
    if (!health.isWorking()) {
      LOG.log(Level.INFO, "the journal keeps lines again");
      health.onWell();
      tellJournals();
    }
  }

  private void tellJournals() {
    journals.forEach(SqliteJournal::onStateChanged);
  }
}
