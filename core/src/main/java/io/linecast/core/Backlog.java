package io.linecast.core;

import java.util.Arrays;

/**
 * Lines that were accepted before a client's place in its feed and that it has still to hear; those
 * of its own among them are not for it. Owned by the client's loop.
 */
final class Backlog {

  private static final int FIRST_BOUNDS = 4;

  /** The last line that the client has heard, or will never hear. */
  private long line;

  private long lastLine;

  /** The first of each run of own lines and the one after its last, in turn, rising. */
  private long[] own;

  private int nextOwn;
  private int ownEnd;

  /**
   * Lines behind {@code line} up to {@code lastLine}.
   *
   * @param own as {@link Publisher#linesAfter} has them; changed by the backlog
   */
  Backlog(long line, long lastLine, long[] own) {
    this.line = line;
    this.lastLine = lastLine;
    this.own = own;
    this.ownEnd = own.length;
  }

  long line() {
    return line;
  }

  long lastLine() {
    return lastLine;
  }

  boolean isEmpty() {
    return line >= lastLine;
  }

  /** How many lines are still to come; the client's own are not for it. */
  long lines() {
    long lines = lastLine - line;
    for (int i = nextOwn; i < ownEnd && own[i] <= lastLine; i += 2) {
      lines -= Math.min(own[i + 1], lastLine + 1) - Math.max(own[i], line + 1);
    }
    return lines;
  }

  /** In how many runs the own lines lie. */
  int ownRuns() {
    return (ownEnd - nextOwn) / 2;
  }

  /** Whether the next line is the client's own. */
  boolean isOwnNext() {
    return nextOwn < ownEnd && own[nextOwn] == line + 1;
  }

  /** Up to which line they are all of the same kind as the next: the client's own, or not. */
  long endOfStretch() {
    if (nextOwn == ownEnd) {
      return lastLine;
    }
    return Math.min(lastLine, (isOwnNext() ? own[nextOwn + 1] : own[nextOwn]) - 1);
  }

  /** So many lines of the stretch are behind the client. */
  void pass(long count) {
    boolean mine = isOwnNext();
    line += count;
    if (mine) {
      dropOwnBehind();
    }
  }

  /** The first line still to come that is not the client's own; {@code lastLine + 1} if none is. */
  long firstOfOthers() {
    long first = line + 1;
    for (int i = nextOwn; i < ownEnd && own[i] == first; i += 2) {
      first = own[i + 1];
    }
    return Math.min(first, lastLine + 1);
  }

  /** Goes on behind a line, whatever lies between; returns how many lines of others that were. */
  long skipTo(long place) {
    long before = lines();
    line = Math.min(place, lastLine);
    dropOwnBehind();
    return before - lines();
  }

  private void dropOwnBehind() {
    while (nextOwn < ownEnd && own[nextOwn + 1] <= line + 1) {
      nextOwn += 2;
    }
    if (nextOwn < ownEnd && own[nextOwn] <= line) {
      own[nextOwn] = line + 1;
    }
  }

  /**
   * The client's place in its feed has moved: it hears all up to this line before it goes there.
   */
  void extend(long toLine) {
    lastLine = toLine;
  }

  /** Lines behind all that are known are the client's own. */
  void addOwn(long first, long last) {
    if (ownEnd > nextOwn && own[ownEnd - 1] == first) {
      own[ownEnd - 1] = last + 1;
      return;
    }
    if (ownEnd + 2 > own.length) {
      own = Arrays.copyOfRange(own, nextOwn, nextOwn + Math.max(FIRST_BOUNDS, 2 * ownRuns() * 2));
      ownEnd -= nextOwn;
      nextOwn = 0;
    }
    own[ownEnd++] = first;
    own[ownEnd++] = last + 1;
  }
}
