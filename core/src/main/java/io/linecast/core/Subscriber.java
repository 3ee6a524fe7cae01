package io.linecast.core;

/**
 * One client of a channel: its cursor, the sink it writes to, and its account.
 *
 * <p>Owned by its loop, on which every method but {@link #channel} and {@link #sink} is called.
 * States: {@code LIVE → LAGGING → LIVE (caught up) | lapped}.
 */
public final class Subscriber {

  /** What a client's last visit found. */
  public enum State {
    /** Everything up to the head has been handed to the socket. */
    LIVE,
    /** The socket is full and lines are waiting. */
    LAGGING
  }

  /** About what one visit writes: what goes out to all in turn stays in the cache. */
  private static final int VISIT_BYTES = 128 * 1024;

  private static final Head NO_LIMIT = new Head(Long.MAX_VALUE, Long.MAX_VALUE);

  private final Sweep sweep;
  private final Sink sink;
  private final Pace pace;
  private final Cursor cursor;
  private State state = State.LIVE;

  /** Where the client's part ends: it finished, or the server did. */
  private Head limit = NO_LIMIT;

  private CloseReason limitReason = CloseReason.FINISHED;

  /** The sink owes the socket the end of a line, and has not said that there is room again. */
  private boolean owing;

  private boolean left;
  private boolean holdsSenders;

  /** Eligible lines so far are those behind the head since {@code joinLine}, less its own. */
  private final long joinLine;

  private long ownLines;
  private long delivered;
  private long skipped;

  /** Whether it counts as a client; else it only looks on. */
  private final boolean inAudience;

  /** Its place in the sweep's members; -1 when it is none. The sweep's to write. */
  int index = -1;

  Subscriber(Sweep sweep, Sink sink, Pace pace, Head start, boolean inAudience) {
    this.sweep = sweep;
    this.sink = sink;
    this.pace = pace;
    this.cursor = new Cursor(start);
    this.joinLine = start.line();
    this.inAudience = inAudience;
  }

  /** The channel it belongs to. */
  public LineChannel channel() {
    return sweep.channel();
  }

  /** The sweep that serves it. */
  public Sweep sweep() {
    return sweep;
  }

  /** The connection's sending side. */
  public Sink sink() {
    return sink;
  }

  /** Whether its socket is full and lines are waiting. */
  public State state() {
    return state;
  }

  /** How far it is behind the head, in bytes of the feed. */
  public long lagBytes() {
    return lagBytes(channel().feed().head());
  }

  /** Its balance at this moment. */
  public Account account() {
    Head head = endOfEligible(channel().feed().head());
    long pending = head.line() - cursor.line() - cursor.ownLinesAhead() + (owing ? 1 : 0);
    long eligible = head.line() - joinLine - ownLines;
    return new Account(eligible, delivered - (owing ? 1 : 0), skipped, pending);
  }

  /** The full socket has room again and what was owed has been sent. */
  public void onRoom() {
    if (!left) {
      owing = false;
      sweep.visit(this);
    }
  }

  /** Sends what was accepted up to {@code place} and nothing later, then closes. */
  void finishAt(Head place, CloseReason reason) {
    if (!isFinishing()) {
      limit = place;
      limitReason = reason;
    }
  }

  boolean isInAudience() {
    return inAudience;
  }

  boolean isFinishing() {
    return limit.position() != NO_LIMIT.position();
  }

  /** Whether there is more to write up to a head, and the socket is not known to be full. */
  boolean isUnfinished(Head head) {
    return !left && !owing && cursor.position() < endOfEligible(head).position();
  }

  /** Nothing is written to the client any more. */
  public void retire() {
    left = true;
    holdSendersIfNeeded(channel().feed().head());
  }

  /** Whether nothing is written to the client any more. */
  public boolean isRetired() {
    return left;
  }

  /** A visit has failed for a reason of the server's own. */
  void onFault() {
    retire();
    sink.close(CloseReason.FAULT);
  }

  /** Its own lines have entered the feed. Called before the head that covers them is published. */
  void addOwn(long start, long end, long firstLine, int lines) {
    ownLines += lines;
    cursor.addOwn(start, end, firstLine, lines);
  }

  /**
   * Writes what there is up to the head of this moment, or as much as the socket or a visit takes.
   *
   * @return bytes taken
   */
  long visit(Head head) {
    if (left) {
      return 0;
    }
    passOwn();
    if (pace.isLapped(lagBytes(head))) {
      onLapped(head);
    }
    if (owing || left) {
      holdSendersIfNeeded(head);
      return 0;
    }
    long before = cursor.position();
    Head target = endOfEligible(head);
    if (writeUpTo(target)) {
      onCaughtUp(target);
    }
    holdSendersIfNeeded(head);
    return cursor.position() - before;
  }

  /** Its own lines make nobody late, even while the socket is full. */
  private void passOwn() {
    while (cursor.passOwn()) {} // ranges may follow each other across a segment's unused end
  }

  /** Returns whether the target was reached; a visit does not go on for ever. */
  private boolean writeUpTo(Head target) {
    Feed feed = channel().feed();
    long start = cursor.position();
    while (cursor.position() < target.position() && cursor.position() - start < VISIT_BYTES) {
      if (cursor.passOwn()) {
        continue;
      }
      Segment segment = feed.retain(cursor.position());
      if (segment == null) {
        // Another loop's lines have pushed it out since this visit began: the next one laps it.
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
    long end = channel().feed().endOf(segment, target);
    long position = cursor.position();
    if (position == end) {
      cursor.moveTo(channel().feed().positionAfter(segment), cursor.line());
      return true;
    }
    long stretchEnd = Math.min(end, cursor.nextOwnStart());
    if (stretchEnd - position > VISIT_BYTES) {
      int entry = segment.entryAtOrBefore((int) (position + VISIT_BYTES - segment.position()));
      if (segment.positionOfEntry(entry) > position) {
        return write(segment, segment.positionOfEntry(entry), segment.lineBeforeEntry(entry));
      }
    }
    if (stretchEnd < end) {
      return write(segment, stretchEnd, cursor.lineBeforeNextOwn());
    }
    return write(segment, end, end == target.position() ? target.line() : segment.lineBehind());
  }

  /** Returns whether the sink took all up to {@code end}, which is behind line {@code line}. */
  private boolean write(Segment segment, long end, long line) {
    int offset = (int) (cursor.position() - segment.position());
    int length = (int) (end - cursor.position());
    int taken = sink.take(segment, offset, length);
    if (taken == length) {
      delivered += cursor.moveTo(end, line);
      return true;
    }
    if (taken == Sink.GONE) {
      retire();
    } else {
      onFull(segment, offset + taken);
    }
    return false;
  }

  /** The socket is full in mid-line or between two: it will owe what is left of the next line. */
  private void onFull(Segment segment, int offset) {
    int lineEnd = segment.endOfLineAt(offset);
    Head place = segment.placeAt(lineEnd);
    delivered += cursor.moveTo(place.position(), place.line());
    owing = true;
    if (state == State.LIVE) {
      state = State.LAGGING;
      channel().counters().add(Counter.LAGGED, 1);
    }
    sink.owe(segment, offset, lineEnd - offset);
  }

  private void onCaughtUp(Head target) {
    if (state == State.LAGGING) {
      state = State.LIVE;
      channel().counters().add(Counter.CAUGHT_UP, 1);
    }
    if (target.position() == limit.position()) {
      retire();
      sink.finish(limitReason);
    }
  }

  private void onLapped(Head head) {
    long lag = lagBytes(head);
    if (pace.policy() == SlowPolicy.DISCONNECT) {
      channel().onLapped(pace.policy(), account().pending(), lag);
      retire();
      sink.close(CloseReason.SLOW);
      return;
    }
    Head resume = channel().feed().lineStartNear(head.position() - pace.resumeLagBytes());
    Head to = endOfEligible(resume);
    long first = cursor.line() + 1;
    long lines = cursor.skipTo(to);
    skipped += lines;
    channel().onLapped(pace.policy(), lines, lag);
    sink.onGap(first, to.line());
  }

  /** How far behind it is in what it has still to get: nothing, once that has an end and is out. */
  private long lagBytes(Head head) {
    return cursor.position() >= limit.position() ? 0 : head.position() - cursor.position();
  }

  private void holdSendersIfNeeded(Head head) {
    boolean holds = !left && pace.holdsSenders(lagBytes(head));
    if (holds != holdsSenders) {
      holdsSenders = holds;
      sweep.onHoldingChanged(holds ? 1 : -1);
    }
  }

  /** What lies behind it is not for this client any more. */
  private Head endOfEligible(Head head) {
    return limit.position() <= head.position() ? limit : head;
  }
}
