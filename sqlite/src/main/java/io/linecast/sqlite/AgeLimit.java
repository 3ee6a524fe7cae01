package io.linecast.sqlite;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/**
 * From when on lines are not too old. Clocks are set, and may be wrong at a start; what has been
 * removed does not come back. So when the clock has gone forward at once, or all lines are too old
 * already at the start, that is said, and nothing is removed for being old for an hour, or for as
 * long as lines are kept if that is less: time to set it right.
 *
 * <p>The writer's thread only, but for {@link #startMillis}.
 */
final class AgeLimit {

  private static final System.Logger LOG = System.getLogger(AgeLimit.class.getName());

  /** All lines are young enough. */
  static final long NONE = Long.MIN_VALUE;

  /** By so much a clock may be corrected. */
  private static final long JUMP_MILLIS = 60_000;

  private static final long LONGEST_PAUSE_MILLIS = TimeUnit.HOURS.toMillis(1);

  private final long ageMillis;
  private final Time time;
  private final long startMillis;

  /** Of the last look. */
  private long lastMillis;

  private long lastNanos;

  private boolean paused;
  private long pauseBeginNanos;

  /**
   * At the start.
   *
   * @param ageMillis how old lines may be; 0 if they may be of any age
   * @param newestMillis the newest line's time; 0 if there is no line
   */
  AgeLimit(long ageMillis, Time time, long newestMillis) {
    this.ageMillis = ageMillis;
    this.time = time;
    lastMillis = time.millis();
    lastNanos = time.nanos().getAsLong();
    if (newestMillis > lastMillis + JUMP_MILLIS) {
      sayBehind(newestMillis - lastMillis);
    }
    if (ageMillis > 0 && newestMillis > 0 && newestMillis < lastMillis - ageMillis) {
      pause("all lines are too old, the newest is of " + Instant.ofEpochMilli(newestMillis));
    }
    startMillis = now();
  }

  /** As it was at the start. From any thread. */
  long startMillis() {
    return startMillis;
  }

  /** As it is now, in milliseconds since 1970; {@link #NONE} if no line is too old. */
  long millis() {
    long nowMillis = time.millis();
    long nowNanos = time.nanos().getAsLong();
    long jump = nowMillis - lastMillis - TimeUnit.NANOSECONDS.toMillis(nowNanos - lastNanos);
    lastMillis = nowMillis;
    lastNanos = nowNanos;
    if (jump < -JUMP_MILLIS) {
      paused = false;
      sayBehind(-jump);
    } else if (jump > JUMP_MILLIS && ageMillis > 0) {
      pause("the clock has gone forward by " + Duration.ofMillis(jump) + " at once");
    }
    paused &= TimeUnit.NANOSECONDS.toMillis(nowNanos - pauseBeginNanos) < pauseMillis();
    return now();
  }

  private long now() {
    return ageMillis == 0 || paused ? NONE : lastMillis - ageMillis;
  }

  private long pauseMillis() {
    return Math.min(ageMillis, LONGEST_PAUSE_MILLIS);
  }

  private void pause(String reason) {
    paused = true;
    pauseBeginNanos = lastNanos;
    LOG.log(
        Level.WARNING,
        reason
            + "; the clock says "
            + Instant.ofEpochMilli(lastMillis)
            + ": if that is wrong, set it right. Nothing is removed for its age (--keep) in the next "
            + Duration.ofMillis(pauseMillis()));
  }

  private static void sayBehind(long millis) {
    LOG.log(
        Level.WARNING,
        "the clock is "
            + Duration.ofMillis(millis)
            + " behind: until it has made up for that, lines get the newest one's time, and are too"
            + " old (--keep) that much later");
  }
}
