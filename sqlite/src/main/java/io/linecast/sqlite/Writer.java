package io.linecast.sqlite;

import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
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
 * a commit has failed, and until the file has been opened anew and looked at. What it has then may
 * not be on the disk, and what it has not may turn up when the log beside it is read again; so
 * something is written first in either case, and only then is anybody told.
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

  private final Retention retention;
  private final WaitingLines current = new WaitingLines();
  private @Nullable WriteSession session;

  /** What may have been committed and has not been told; null if there is no such thing. */
  private @Nullable Doubt doubt;

  /**
   * The first of the batches at hand, which may have been committed.
   *
   * @param batches how many
   * @param after the channels as they are if they were
   */
  private record Doubt(int batches, Map<SqliteJournal, ChannelRow> after) {}

  Writer(Database database, Inbox inbox, Health health, Keeping keeping, AgeLimit age, Time time) {
    this.database = database;
    this.inbox = inbox;
    this.health = health;
    this.retention = new Retention(keeping, age, time, journals);
  }

  void add(SqliteJournal journal) {
    journals.add(journal);
  }

  @Override
  public void run() {
    try {
      do {
        turn();
      } while (!inbox.hasEnded(health.isWorking()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      onFault(e);
    } catch (RuntimeException | Error e) {
      onFault(e);
    } finally {
      dropSession();
    }
  }

  /** Nothing will be kept any more: whoever is told is told so, unless it may have been kept. */
  private void onFault(Throwable fault) {
    LOG.log(Level.ERROR, "the journal has ended by a fault of the program", fault);
    onTrouble("a fault of the program, see its log; start the server anew");
    inbox.end(current);
    Doubt open = doubt;
    if (open != null) {
      current.removeFirst(open.batches());
    }
    giveUp(batch -> batch.batch().isAnswered());
  }

  /** One round; if it is to end, the last one keeps all that has come, if that can be done. */
  private void turn() throws InterruptedException {
    if (health.isWorking()) {
      inbox.await(retention.isDue() ? 0 : IDLE_NANOS);
      inbox.takeInto(current);
    } else {
      inbox.pause(RETRY_NANOS);
      inbox.takeInto(current);
    }
    if (doubt == null && journals.stream().anyMatch(SqliteJournal::isBroken)) {
      giveUp(batch -> batch.journal().isBroken() && batch.batch().isAnswered());
    }
    do {
      boolean idle = current.isEmpty();
      tryOnce();
      if (health.isWorking() && (idle ? retention.isDue() : retention.isLagging())) {
        removeSome();
      }
    } while (health.isWorking() && !current.isEmpty());
  }

  private void tryOnce() {
    boolean committing = false;
    try {
      WriteSession open = openSession();
      resolveDoubt(open);
      if (!current.isEmpty()) {
        int count = current.within(Settings.TRANSACTION_BYTES);
        Doubt now = new Doubt(count, open.write(current, count));
        doubt = now;
        committing = true;
        open.commit();
        onKept(now);
      } else if (!health.isWorking() && !journals.isEmpty()) {
        open.probe(journals.getFirst());
        onWell();
      }
    } catch (SQLException e) {
      onFailure(e, committing);
    }
  }

  /** A transaction of its own: what goes wrong with it is no batch's trouble. */
  private void removeSome() {
    boolean committing = false;
    try {
      WriteSession open = openSession();
      Doubt now = new Doubt(0, retention.removeSome(open));
      doubt = now;
      committing = true;
      open.commit();
      onKept(now);
    } catch (SQLException e) {
      retention.onFailure();
      if (committing && !SqlTrouble.of(e).isCertain()) {
        onFailure(e, true);
        return;
      }
      doubt = null;
      rollBack(SqlTrouble.of(e));
      LOG.log(Level.WARNING, "old lines cannot be removed now: " + SqlTrouble.wordsFor(e));
      LOG.log(Level.DEBUG, "where that was", e);
    }
  }

  private WriteSession openSession() throws SQLException {
    WriteSession open = session;
    if (open == null) {
      open = WriteSession.open(database);
      session = open;
    }
    database.requireInPlace();
    return open;
  }

  /**
   * Looks into the file that has been opened anew. If that cannot be done, it is in doubt still.
   */
  private void resolveDoubt(WriteSession open) throws SQLException {
    Doubt now = doubt;
    if (now == null) {
      return;
    }
    if (open.has(now.after())) {
      open.checkpoint(); // it was not said to be on the disk
      onKept(now);
    } else {
      open.probe(journals.getFirst()); // in the place where it may still be
      doubt = null;
      giveUpAnswered();
    }
  }

  private void onFailure(SQLException failure, boolean committing) {
    SqlTrouble kind = SqlTrouble.of(failure);
    if (onTrouble(SqlTrouble.wordsFor(failure))) {
      LOG.log(Level.ERROR, "the journal keeps nothing: " + SqlTrouble.wordsFor(failure));
      LOG.log(Level.DEBUG, "where that was", failure);
    }
    rollBack(kind);
    if (committing && kind.isCertain()) {
      doubt = null;
    } else if (committing) {
      lookNow();
    }
    if (doubt == null) {
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
    inbox.takeInto(current);
    giveUp(batch -> batch.batch().isAnswered());
  }

  private void giveUp(Predicate<WaitingBatch> such) {
    long[] bytes = {0};
    current.removeIf(
        such,
        batch -> {
          bytes[0] += batch.length();
          batch.journal().onFailed(batch);
        });
    onDone(bytes[0]);
  }

  private void onKept(Doubt kept) {
    kept.after().forEach(SqliteJournal::setRow);
    onWell();
    long bytes = 0;
    long lines = 0;
    for (WaitingBatch batch : current.batches().subList(0, kept.batches())) {
      batch.journal().onKept(current, batch);
      bytes += batch.length();
      lines += batch.lines();
    }
    retention.onKept(lines, bytes);
    if (kept.batches() > 0) { // else lines were removed, and nobody is to be told of any
      kept.after().keySet().forEach(SqliteJournal::goOn);
    }
    current.removeFirst(kept.batches());
    doubt = null;
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
