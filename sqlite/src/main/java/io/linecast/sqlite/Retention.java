package io.linecast.sqlite;

import io.linecast.sqlite.LineRemover.Budget;
import io.linecast.sqlite.LineRemover.Cut;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Lets lines go that are too many or too old, a few at a time: in small transactions while nothing
 * else is to be done, and between others only when so much has come meanwhile that it lags. Each of
 * these may remove as much as has come since the last one and a step more, so it catches up; but no
 * more than what makes it lag, the last transaction's and a step, however much has come while there
 * was nothing to remove, or it could not be done.
 *
 * <p>The writer's thread only.
 */
final class Retention {

  /** So much is removed at once, and as much more as has come since the last time. */
  static final int STEP_LINES = 1_024;

  static final int STEP_BYTES = 256 << 10;

  /** It lags when so much has come. */
  static final int LAG_LINES = 8 * STEP_LINES;

  private static final int LAG_BYTES = 8 * STEP_BYTES;

  /** How long it rests when it could not be done. */
  private static final long PAUSE_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final Keeping keeping;
  private final AgeLimit age;
  private final Time time;
  private final List<SqliteJournal> journals;

  /** The times of the oldest lines, as far as they are known. */
  private final Map<SqliteJournal, Long> oldestMillis = new HashMap<>();

  /** Of the journals, the one whose turn was the last. */
  private int next;

  /** What has come since the last removal, as far as it counts. */
  private long linesSince;

  private long bytesSince;

  /** When it could not be done; null if it could. */
  private @Nullable Long failedNanos;

  Retention(Keeping keeping, AgeLimit age, Time time, List<SqliteJournal> journals) {
    this.keeping = keeping;
    this.age = age;
    this.time = time;
    this.journals = journals;
  }

  /** A transaction has kept so much more. */
  void onKept(long lines, long bytes) {
    // While something is due it is removed as soon as it lags: then nothing is left out here.
    linesSince = Math.min(linesSince, LAG_LINES) + lines;
    bytesSince = Math.min(bytesSince, LAG_BYTES) + bytes;
  }

  /** Whether so much has come that something must go at once, if there is something. */
  boolean isLagging() {
    return (linesSince >= LAG_LINES || bytesSince >= LAG_BYTES) && isDue();
  }

  /** Whether something is to go. */
  boolean isDue() {
    long limitMillis = age.millis();
    if (keeping.equals(Keeping.ALL) || isResting()) {
      return false;
    }
    for (SqliteJournal journal : journals) {
      if (isDue(journal, limitMillis)) {
        return true;
      }
    }
    return false;
  }

  private boolean isDue(SqliteJournal journal, long limitMillis) {
    ChannelRow row = journal.row();
    return journal.isOpen()
        && (keeping.isExceededBy(row)
            || (row.lines() > 0
                && limitMillis != AgeLimit.NONE
                && oldestMillis.getOrDefault(journal, AgeLimit.NONE) < limitMillis));
  }

  private boolean isResting() {
    Long since = failedNanos;
    return since != null && time.nanos().getAsLong() - since < PAUSE_NANOS;
  }

  /** It could not be done. */
  void onFailure() {
    failedNanos = time.nanos().getAsLong();
    oldestMillis.clear();
  }

  /**
   * Removes some, not committed yet. Nobody reads them any more from then on.
   *
   * @return the channels as they are then, of which something was removed
   */
  Map<SqliteJournal, ChannelRow> removeSome(WriteSession session) throws SQLException {
    Budget budget = new Budget(STEP_LINES + linesSince, STEP_BYTES + bytesSince);
    linesSince = 0;
    bytesSince = 0;
    long limitMillis = age.millis();
    Map<SqliteJournal, ChannelRow> after = new HashMap<>();
    for (int i = 0; i < journals.size() && !budget.isSpent(); i++) {
      next = (next + 1) % journals.size();
      SqliteJournal journal = journals.get(next);
      ChannelRow before = journal.row();
      if (isDue(journal, limitMillis)) {
        Cut cut = session.oldest(journal, keeping, limitMillis, budget);
        oldestMillis.put(journal, cut.firstMillis());
        if (cut.first() > before.first()) {
          after.put(journal, cut.of(before));
          session.remove(journal, cut, cut.of(before));
          budget = budget.without(before, cut);
        }
      }
    }
    // Before the commit: whoever misses lines then must find that they have gone. It is not taken
    // back where the commit fails: a reader may have passed lines over just now, and would take
    // their numbers, if these were to be had again, for such as no line has.
    after.forEach((journal, row) -> journal.letGoBefore(row.first()));
    failedNanos = null;
    return after;
  }
}
