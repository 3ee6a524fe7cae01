package io.linecast.core;

import org.jspecify.annotations.Nullable;

/**
 * How far one client has come in a feed. Always at a line's start, and always knowing which.
 *
 * <p>Owned by the client's loop; nobody else touches it.
 */
final class Cursor {

  private long position;

  /** The number of the last line behind the cursor. */
  private long line;

  /** How many numbers up to that one no line has, as {@link Head#voids}. */
  private long voids;

  /** Own lines ahead; null for the many who only listen. */
  private @Nullable OwnLines own;

  Cursor(Head place) {
    position = place.position();
    line = place.line();
    voids = place.voids();
  }

  long position() {
    return position;
  }

  long line() {
    return line;
  }

  long voids() {
    return voids;
  }

  /** How many lines are behind it, as {@link Head#lines}. */
  long lines() {
    return line - voids;
  }

  /**
   * The client's own lines enter the feed at {@code start}: the cursor will go around them.
   *
   * @param voidsBefore how many of the numbers before them no line has
   */
  void addOwn(long start, long end, long firstLine, long lines, long voidsBefore) {
    if (own == null) {
      own = new OwnLines();
    }
    own.add(start, end, firstLine, lines, voidsBefore);
  }

  /** Where the client's next own line begins; {@link Long#MAX_VALUE} if there is none. */
  long nextOwnStart() {
    return own == null ? Long.MAX_VALUE : own.nextStart();
  }

  /** Where the client's next own lines end; {@link Long#MAX_VALUE} if there are none. */
  long nextOwnEnd() {
    return own == null || own.isEmpty() ? Long.MAX_VALUE : own.nextEnd();
  }

  /** Where its own lines behind the next ones begin; {@link Long#MAX_VALUE} if there are none. */
  long ownStartAfterNext() {
    return own == null ? Long.MAX_VALUE : own.startAfterNext();
  }

  /** The number of the last line before its own lines behind the next ones. There must be some. */
  long lineBeforeOwnAfterNext() {
    return own().firstLineAfterNext() - 1;
  }

  /** The number of the last line before the client's next own line. There must be one. */
  long lineBeforeNextOwn() {
    return own().nextFirstLine() - 1;
  }

  /** How many of the numbers before the client's next own line no line has. As above. */
  long voidsBeforeNextOwn() {
    return own().nextVoidsBefore();
  }

  /** As above, before its own lines behind the next ones. */
  long voidsBeforeOwnAfterNext() {
    return own().voidsBeforeAfterNext();
  }

  private OwnLines own() {
    if (own == null) {
      throw new IllegalStateException("no own line is ahead");
    }
    return own;
  }

  /** Own lines still ahead. */
  long ownLinesAhead() {
    return own == null ? 0 : own.lines();
  }

  /**
   * Goes on to a place that is reached without passing an own line.
   *
   * @return how many lines were passed
   */
  long moveTo(long toPosition, long toLine, long toVoids) {
    long passed = toLine - toVoids - lines();
    position = toPosition;
    line = toLine;
    voids = toVoids;
    return passed;
  }

  /**
   * Goes around the own lines that come next, and around numbers before them that no line has and
   * that are not told; false if something else comes next.
   */
  boolean passOwn() {
    if (own == null || own.isEmpty()) {
      return false;
    }
    if (own.nextFirstLine() != line + 1 && own.nextStart() != position) {
      return false;
    }
    position = own.nextEnd();
    line = own.nextLastLine();
    voids = own.nextVoidsBefore();
    own.removeNext();
    return true;
  }

  /**
   * Goes on to a place without regard to what lies between.
   *
   * @return how many lines of others were passed
   */
  long skipTo(Head place) {
    long ownPassed = own == null ? 0 : own.removeBefore(place.position(), place.line());
    return moveTo(place.position(), place.line(), place.voids()) - ownPassed;
  }

  /** Goes on to a place that its client comes to by way of a backlog. */
  void leaveTo(Head place, Backlog backlog) {
    if (line > backlog.lastLine()) {
      backlog.addOwn(backlog.lastLine() + 1, line); // which it has passed
    }
    if (own != null) {
      own.tellBefore(place, backlog);
    }
    backlog.extend(place.line());
    skipTo(place);
  }
}
