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

  /** Own lines ahead; null for the many who only listen. */
  private @Nullable OwnLines own;

  Cursor(Head place) {
    position = place.position();
    line = place.line();
  }

  long position() {
    return position;
  }

  long line() {
    return line;
  }

  /** The client's own lines enter the feed at {@code start}: the cursor will go around them. */
  void addOwn(long start, long end, long firstLine, long lines) {
    if (own == null) {
      own = new OwnLines();
    }
    own.add(start, end, firstLine, lines);
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
  long moveTo(long toPosition, long toLine) {
    long passed = toLine - line;
    position = toPosition;
    line = toLine;
    return passed;
  }

  /** Goes around the own lines that come next; false if the next line is somebody else's. */
  boolean passOwn() {
    if (own == null || own.isEmpty() || own.nextFirstLine() != line + 1) {
      return false;
    }
    position = own.nextEnd();
    line = own.nextLastLine();
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
    return moveTo(place.position(), place.line()) - ownPassed;
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
