package io.linecast.core;

import org.jspecify.annotations.Nullable;

/**
 * The hand that writes: a cursor in a feed, and the sink that takes what lies ahead of it.
 *
 * <p>Owned by its sweep's loop. Allocates nothing, but where a socket is full.
 */
abstract class Follower {

  /**
   * Lines, or void numbers, whose end waits for room in a full socket.
   *
   * @param firstLine the number of the first
   * @param lines how many lines these are
   */
  record Owed(long firstLine, int lines) {}

  /** About what one write carries, and half of what a visit does: it stays in the cache. */
  static final int VISIT_BYTES = 128 * 1024;

  final Sweep sweep;
  final Sink sink;
  final Cursor cursor;

  /** What the sink owes the socket, which has not said that there is room again; null: nothing. */
  @Nullable Owed owed;

  /** Lines handed to the sink, those owed included. */
  long delivered;

  /** The next line is kept no more. */
  boolean lost;

  /** The socket was full, and not everything that there was has been taken since. */
  private boolean lagging;

  /** The last that its edition had when it was looked at. */
  private Stamp stamp;

  /** It has not been delivered to this client yet. */
  private boolean timing;

  Follower(Sweep sweep, Sink sink, Head start) {
    this.sweep = sweep;
    this.sink = sink;
    this.cursor = new Cursor(start);
    this.stamp = sweep.edition().stamp();
  }

  /**
   * Before a visit: there may be something to time, unless something is being timed.
   *
   * @param timed whether it serves a client with what has just been accepted
   */
  void beginTiming(boolean timed) {
    Stamp latest = sweep.edition().stamp();
    if (!timing && latest.nanos() != stamp.nanos()) {
      stamp = latest;
      timing = timed && latest.place().position() > cursor.position();
    }
  }

  /** After a visit. */
  void endTiming() {
    if (timing && owed == null && cursor.position() >= stamp.place().position()) {
      timing = false;
      sweep.channel().times().delivered(System.nanoTime() - stamp.nanos());
    }
  }

  /** Not all will be delivered. */
  void abandonTiming() {
    timing = false;
  }

  /** Whether the sink owes the socket the end of a line. */
  public boolean isOwed() {
    return owed != null;
  }

  /** Lines that were handed to the socket whole. */
  public long deliveredLines() {
    return delivered - owedLines();
  }

  int owedLines() {
    return owed == null ? 0 : owed.lines();
  }

  /**
   * Lines of its arrears have been handed to the sink, which owes the socket the end of some.
   *
   * @param last the last of them
   */
  void onGiven(long last, int lines, int unsent) {
    delivered += lines;
    if (unsent > 0) {
      owed = new Owed(owed == null ? last - unsent + 1 : owed.firstLine(), owedLines() + unsent);
    }
  }

  Feed feed() {
    return sweep.feed();
  }

  /** The connection is no more. */
  abstract void retire();

  /** Whether its socket is full and lines are waiting. */
  boolean isLagging() {
    return lagging;
  }

  /** The socket is full. */
  private void onFull() {
    if (!lagging) {
      lagging = true;
      sweep.channel().counters().add(Counter.LAGGED, 1);
    }
  }

  /** The sink has taken everything that there is. */
  void onCaughtUp() {
    if (lagging) {
      lagging = false;
      sweep.channel().counters().add(Counter.CAUGHT_UP, 1);
    }
  }

  /** Its own lines make nobody late, even while the socket is full. */
  void passOwn() {
    while (cursor.passOwn()) {} // ranges may follow each other across a segment's unused end
  }

  /** Returns whether the target was reached; a visit does not go on for ever. */
  boolean reaches(Head target) {
    Feed feed = feed();
    long start = cursor.position();
    while (cursor.position() < target.position() && cursor.position() - start < VISIT_BYTES) {
      if (cursor.passOwn()) {
        continue;
      }
      Segment segment = feed.retain(cursor.position());
      if (segment == null) {
        // Another loop's lines have pushed it out since this visit began: the next one laps it.
        lost = true;
        return false;
      }
      try {
        if (!writeFrom(segment, target)) {
          return false;
        }
      } finally {
        segment.release();
      }
    }
    return cursor.position() >= target.position();
  }

  /** Writes the next stretch; returns whether the sink took all of it. */
  private boolean writeFrom(Segment segment, Head target) {
    long end = feed().endOf(segment, target);
    long position = cursor.position();
    if (position == end) {
      cursor.moveTo(feed().positionAfter(segment), cursor.line(), cursor.voids());
      return true;
    }
    if (cursor.nextOwnEnd() < end) {
      return writeAround(segment, end, target);
    }
    return writeStretch(segment, end, target);
  }

  /** Writes up to the client's next own line, or to the end if that comes first. */
  private boolean writeStretch(Segment segment, long end, Head target) {
    long position = cursor.position();
    long stretchEnd = Math.min(end, cursor.nextOwnStart());
    if (stretchEnd - position > VISIT_BYTES) {
      int entry = segment.entryAtOrBefore((int) (position + VISIT_BYTES - segment.position()));
      if (segment.positionOfEntry(entry) > position) {
        return write(
            segment,
            segment.positionOfEntry(entry),
            segment.lineBeforeEntry(entry),
            segment.voidsBeforeEntry(entry));
      }
    }
    if (stretchEnd < end) {
      return write(segment, stretchEnd, cursor.lineBeforeNextOwn(), cursor.voidsBeforeNextOwn());
    }
    return write(segment, end, lineBefore(segment, end, target), voidsBefore(segment, end, target));
  }

  /** Writes what is on both sides of the client's next own line, by one call where it is little. */
  private boolean writeAround(Segment segment, long end, Head target) {
    long ownStart = cursor.nextOwnStart();
    long ownEnd = cursor.nextOwnEnd();
    long stop = Math.min(end, cursor.ownStartAfterNext());
    if (stop - cursor.position() > VISIT_BYTES) {
      return writeStretch(segment, end, target);
    }
    boolean stops = stop < end;
    long stopLine = stops ? cursor.lineBeforeOwnAfterNext() : lineBefore(segment, end, target);
    long stopVoids = stops ? cursor.voidsBeforeOwnAfterNext() : voidsBefore(segment, end, target);
    int before = (int) (ownStart - cursor.position());
    int offset = (int) (cursor.position() - segment.position());
    int taken =
        sink.takeAround(segment, offset, before, (int) (ownEnd - ownStart), (int) (stop - ownEnd));
    long line = cursor.lineBeforeNextOwn();
    if (!settle(segment, ownStart, line, cursor.voidsBeforeNextOwn(), Math.min(taken, before))) {
      return false;
    }
    cursor.passOwn();
    if (taken == before && stop > ownEnd) {
      return writeStretch(segment, end, target); // full, or gone: the sink will say which
    }
    return settle(segment, stop, stopLine, stopVoids, taken - before);
  }

  private static long lineBefore(Segment segment, long end, Head target) {
    return end == target.position() ? target.line() : segment.lineBehind();
  }

  private static long voidsBefore(Segment segment, long end, Head target) {
    return end == target.position() ? target.voids() : segment.voidsBehind();
  }

  /** Returns whether the sink took all up to {@code end}, which is behind line {@code line}. */
  private boolean write(Segment segment, long end, long line, long voids) {
    int offset = (int) (cursor.position() - segment.position());
    int length = (int) (end - cursor.position());
    return settle(segment, end, line, voids, sink.take(segment, offset, length));
  }

  /** The sink has taken so much of what lies before {@code end}; returns whether that was all. */
  private boolean settle(Segment segment, long end, long line, long voids, int taken) {
    if (taken == end - cursor.position()) {
      delivered += cursor.moveTo(end, line, voids);
      return true;
    }
    if (taken == Sink.GONE) {
      retire();
    } else {
      owe(segment, (int) (cursor.position() - segment.position()) + taken);
    }
    return false;
  }

  /**
   * The socket is full in mid-line or between two: it will owe what is left of the next line, and
   * of those that can no longer be kept from it.
   */
  private void owe(Segment segment, int offset) {
    Head first = segment.placeBehindLineAt(offset, sweep.edition().encoding());
    Head place = first;
    int lastHeld = offset + sink.committedBytes() - 1;
    if (segment.position() + lastHeld >= first.position()) {
      place = segment.placeBehindLineAt(lastHeld, sweep.edition().encoding());
    }
    long whole = segment.linesBefore(offset, sweep.edition().encoding());
    delivered += cursor.moveTo(place.position(), place.line(), place.voids());
    owed = new Owed(first.line(), (int) (place.lines() - whole));
    onFull();
    sink.owe(segment, offset, (int) (place.position() - segment.position()) - offset);
  }
}
