package io.linecast.core;

import io.linecast.protocol.GapReason;

/**
 * One client of a channel: its cursor, the sink it writes to, and its account.
 *
 * <p>Owned by its loop, on which every method but {@link #channel} and {@link #sink} is called.
 * States: {@code LIVE → LAGGING → LIVE (caught up) | lapped}.
 */
public final class Subscriber extends Latecomer {

  private boolean holdsSenders;

  /** The last line accepted before it came: nobody waits for it up to there. */
  private final long lineBefore;

  /**
   * Eligible lines so far are those of the feed's that follow so many, less its own. Numbers of
   * arrears count as lines until it turns out that no line has them.
   */
  private long linesBefore;

  private long ownLines;

  private final boolean inAudience; // it counts as a client; else it only looks on

  /** Its place in the sweep's members; -1 when it is none. The sweep's to write. */
  int index = -1;

  /** Somebody who only looks on. */
  Subscriber(Sweep sweep, Sink sink, Head start) {
    super(sweep, sink, start, null);
    this.lineBefore = start.line();
    this.linesBefore = start.lines();
    this.inAudience = false;
  }

  /** A client that came behind line {@code lineBefore} and hears some of those before it too. */
  Subscriber(Sweep sweep, Sink sink, Head start, long lineBefore) {
    super(sweep, sink, start, null);
    this.lineBefore = lineBefore;
    this.linesBefore = start.lines();
    this.inAudience = true;
  }

  /** A client that hears lines accepted before {@code start}, where it came, first. */
  Subscriber(Sweep sweep, Sink sink, Head start, Arrears arrears) {
    super(sweep, sink, start, arrears.isEmpty() ? null : arrears);
    this.lineBefore = start.line();
    this.linesBefore = start.lines() - arrears.lines();
    this.inAudience = true;
  }

  /** Whose lines it hears. */
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

  /** How far it is behind the head, in bytes of the feed. */
  public long lagBytes() {
    return lagBytes(sweep.head());
  }

  private long nextLine() {
    return (arrears == null ? cursor.line() : arrears.line()) + 1;
  }

  /** How far it is behind in all that it has still to get. */
  public Lag lag() {
    long lines = account().pending();
    long ahead = Math.max(0, endOfEligible(sweep.head()).position() - cursor.position());
    long bytes = ahead + (arrears == null ? 0 : arrears.bytes());
    return new Lag(lines, bytes, lines == 0 ? 0 : channel().ageNanos(nextLine()));
  }

  /** Its balance at this moment. */
  public Account account() {
    Head head = endOfEligible(sweep.head());
    long behind = head.lines() - cursor.lines() - cursor.ownLinesAhead();
    long pending = behind + (arrears == null ? 0 : arrears.lines()) + owedLines();
    long eligible = head.lines() - linesBefore - ownLines;
    return new Account(eligible, delivered - owedLines(), skipped, pending);
  }

  /** The full socket has room again and what was owed has been sent. */
  public void onRoom() {
    if (!left) {
      owed = null;
      goOn();
    }
  }

  @Override
  void goOn() {
    sweep.visit(this);
  }

  boolean isInAudience() {
    return inAudience;
  }

  /** Whether there is more to write up to a head, and the socket is not known to be full. */
  boolean isUnfinished(Head head) {
    return !left
        && owed == null
        && !isCatchingUp()
        && (arrears != null || cursor.position() < endOfEligible(head).position());
  }

  /** Nothing is written to the client any more. */
  @Override
  public void retire() {
    leave();
    holdSendersIfNeeded(sweep.head());
  }

  /** Whether nothing is written to the client any more. */
  public boolean isRetired() {
    return left;
  }

  /** Its own lines have entered the feed. Called before the head that covers them is published. */
  void addOwn(long start, long end, long firstLine, int lines, long voidsBefore) {
    ownLines += lines;
    cursor.addOwn(start, end, firstLine, lines, voidsBefore);
  }

  @Override
  void onVoid(long numbers) {
    if (numbers != 0) {
      linesBefore += numbers;
      channel().counters().add(Counter.ELIGIBLE, -numbers);
    }
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
    beginTiming(inAudience && arrears == null);
    if (isCatchingUp()) {
      keepUp(head);
    } else if (lost || sweep.pace().isLapped(lagBytes(head))) {
      onLapped(head);
    }
    if (isCatchingUp()) {
      holdSendersIfNeeded(head);
      sweep.catchUp.add(this);
      return 0;
    }
    long bytes = 0;
    if (owed == null && !left && arrears != null) {
      bytes = sendArrears(arrears);
    }
    if (owed == null && !left && arrears == null) {
      // At once, even if nothing follows: the client may be finishing.
      bytes += writeUpTo(head);
    }
    holdSendersIfNeeded(head);
    endTiming();
    return bytes;
  }

  private long writeUpTo(Head head) {
    long before = cursor.position();
    Head target = endOfEligible(head);
    if (reaches(target)) {
      onReached(target);
    }
    return cursor.position() - before;
  }

  private void onReached(Head target) {
    onCaughtUp();
    if (target.position() == limit.position()) {
      retire();
      sink.finish(limitReason);
    }
  }

  @Override
  void onLapped(Head head) {
    lost = false;
    abandonTiming();
    if (!isCatchingUp() && recall()) {
      keepUp(head); // from the journal, without a gap
      return;
    }
    long lag = lagBytes(head);
    if (!sweep.edition().mayMissLines(sweep.pace().policy())) {
      channel().onLapped(sweep.pace().policy(), account().pending(), lag);
      retire();
      sink.close(CloseReason.SLOW);
      return;
    }
    Head resume = feed().lineStartNear(head.position() - sweep.pace().resumeLagBytes());
    if (resume.position() <= cursor.position()) {
      return; // the line that comes next is half a window: there is no other to go on with
    }
    Head to = endOfEligible(resume);
    long first = nextLine();
    long lines = cursor.skipTo(to) + dropArrears();
    skipped += lines;
    channel().onLapped(sweep.pace().policy(), lines, lag);
    sink.onGap(first, to.line(), GapReason.SLOW);
  }

  /** Up to which line it has been written to, of those accepted while it was here. */
  long writtenLine() {
    if (owed != null && !left) {
      // The cursor may have gone on: around own lines, over skipped ones, or to its end.
      return Math.max(lineBefore, owed.firstLine() - 1);
    }
    if (arrears != null && !left && arrears.lastLine() > lineBefore) {
      return Math.max(lineBefore, arrears.line());
    }
    boolean hasAll = left || cursor.position() >= limit.position();
    return hasAll ? Long.MAX_VALUE : Math.max(lineBefore, cursor.line());
  }

  /** Up to which line it has also been dealt with. */
  long doneLine() {
    return Math.min(writtenLine(), Math.max(lineBefore, sink.doneLine()));
  }

  /** Whether anybody waits for it: a client that is written to, or sent away and may be at work. */
  boolean isAwaited() {
    return inAudience && (!left || limitReason == CloseReason.SHUTTING_DOWN);
  }

  /** Where senders wait for the slowest: as soon as it is late, in what was before it came too. */
  void holdSendersIfNeeded(Head head) {
    Pace pace = sweep.pace();
    boolean late = pace.holdsSenders(lagBytes(head));
    // These are in the plain feed, whose window may be smaller.
    late |= arrears != null && channel().pace().holdsSenders(arrears.lagBytes());
    boolean holds = late && !left;
    if (holds != holdsSenders) {
      holdsSenders = holds;
      sweep.onHoldingChanged(holds ? 1 : -1);
    }
  }
}
