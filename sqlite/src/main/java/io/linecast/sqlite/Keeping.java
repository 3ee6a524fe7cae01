package io.linecast.sqlite;

import io.linecast.core.JournalOptions;
import java.time.Duration;

/**
 * How much of each channel is kept: as much as all of its bounds allow.
 *
 * @param ageMillis lines older than this are let go; 0: none
 * @param lines so many at most; 0: no limit
 * @param bytes so many at most, line feeds included; 0: no limit
 */
record Keeping(long ageMillis, long lines, long bytes) {

  /** Everything. */
  static final Keeping ALL = new Keeping(0, 0, 0);

  /** Longer than there are lines. */
  private static final Duration LONGEST_AGE = Duration.ofDays(1_000_000);

  static Keeping of(JournalOptions options) {
    return new Keeping(
        options.keepAge().map(Keeping::millis).orElse(0L),
        options.keepLines(),
        options.keepBytes());
  }

  private static long millis(Duration age) {
    return age.compareTo(LONGEST_AGE) > 0 ? LONGEST_AGE.toMillis() : Math.max(1, age.toMillis());
  }

  /** Whether a channel has lines too many, or bytes. */
  boolean isExceededBy(ChannelRow row) {
    return row.lines() > 0
        && ((lines > 0 && row.lines() > lines) || (bytes > 0 && row.bytes() > bytes));
  }

  /**
   * Whether a line is to go, those before it having gone.
   *
   * @param row the channel, with them
   * @param bytesBefore how many these have
   * @param limitMillis from when on lines are not too old
   */
  boolean isOver(ChannelRow row, long seq, long timeMillis, long bytesBefore, long limitMillis) {
    return timeMillis < limitMillis
        || (lines > 0 && seq <= row.last() - lines)
        || (bytes > 0 && row.bytes() - bytesBefore > bytes);
  }
}
