package io.linecast.core;

import io.linecast.protocol.GapReason;
import org.jspecify.annotations.Nullable;

/**
 * One client of a channel: its cursor, the sink it writes to, and its account.
 *
 * <p>Owned by its loop, on which every method but {@link #channel} and {@link #sink} is called.
 * States: {@code LIVE → LAGGING → LIVE (caught up) | lapped}.
 */
public final class Subscriber extends Follower {

  private static final Head NO_LIMIT = new Head(Long.MAX_VALUE, Long.MAX_VALUE);

  /** What was accepted before it came and is still to come; null if there is nothing. */
  private @Nullable Arrears arrears;

  /** Where the client's part ends: it finished, or the server did. */
  private Head limit = NO_LIMIT;

  private CloseReason limitReason = CloseReason.FINISHED;

  private boolean left;
  private boolean inCatchUp;
  private boolean holdsSenders;

  /** Eligible lines so far are those behind the head since {@code joinLine}, less its own. */
  private final long joinLine;

  /** How many lines behind that had been accepted before it came: nobody waits for it there. */
  private final long earlierLines;

  private long ownLines;
  private long skipped;

  private final boolean inAudience; // it counts as a client; else it only looks on

  /** Its place in the sweep's members; -1 when it is none. The sweep's to write. */
  int index = -1;

  /** Somebody who only looks on. */
  Subscriber(Sweep sweep, Sink sink, Head start) {
    super(sweep, sink, start);
    this.joinLine = start.line();
    this.earlierLines = 0;
    this.inAudience = false;
  }

  /** A client that came behind line {@code lineBefore} and hears some of those before it too. */
  Subscriber(Sweep sweep, Sink sink, Head start, long lineBefore) {
    super(sweep, sink, start);
    this.joinLine = start.line();
    this.earlierLines = lineBefore - start.line();
    this.inAudience = true;
  }

  /** A client that hears lines accepted before {@code start}, where it came, first. */
  Subscriber(Sweep sweep, Sink sink, Head start, Arrears arrears) {
    super(sweep, sink, start);
    this.joinLine = start.line() - arrears.lines();
    this.earlierLines = arrears.lines();
    this.arrears = arrears.isEmpty() ? null : arrears;
    this.inAudience = true;
  }

  /** The last line accepted before it came. */
  private long lineBefore() {
    return joinLine + earlierLines;
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
    long behind = head.line() - cursor.line() - cursor.ownLinesAhead();
    long pending = behind + (arrears == null ? 0 : arrears.lines()) + owedLines();
    long eligible = head.line() - joinLine - ownLines;
    return new Account(eligible, delivered - owedLines(), skipped, pending);
  }

  /** The full socket has room again and what was owed has been sent. */
  public void onRoom() {
    if (!left) {
      owed = null;
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
    return !left
        && owed == null
        && !isCatchingUp()
        && (arrears != null || cursor.position() < endOfEligible(head).position());
  }

  /** Nothing is written to the client any more. */
  @Override
  public void retire() {
    left = true;
    if (arrears != null) {
      arrears.end();
    }
    holdSendersIfNeeded(sweep.head());
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
    beginTiming(inAudience && arrears == null);
    if (isCatchingUp()) {
      keepUp(head);
    } else if (lost || sweep.pace().isLapped(lagBytes(head))) {
      onLapped(head);
    }
    if (isCatchingUp()) {
      holdSendersIfNeeded(head);
      sweep.catchUp().add(this);
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

  private long sendArrears(Arrears from) {
    long bytes = from.visit(this, sweep.encoder(), VISIT_BYTES);
    if (from.isEmpty()) {
      arrears = null;
    }
    if (from.isGone()) {
      retire();
    }
    if (from.isRecalled()) {
      sweep.catchUp().add(this);
    }
    return bytes;
  }

  /** Whether what it hears comes from the journal: its sweep goes round without it. */
  boolean isCatchingUp() {
    return arrears != null && arrears.isRecalled();
  }

  /** What it has still to hear is not in the feed; returns whether the journal has it. */
  boolean recall() {
    return arrears != null && arrears.recall(this);
  }

  /** Whether it has its turn from now on; it says so once. */
  boolean joinsCatchUp() {
    boolean joins = !inCatchUp && !left && owed == null && arrears != null && arrears.isReady();
    inCatchUp |= joins;
    return joins;
  }

  /** Its turn has come. Returns how many bytes were taken. */
  long catchUp() {
    inCatchUp = false;
    if (left || owed != null || arrears == null) {
      return 0;
    }
    long bytes = arrears.visitRecall(VISIT_BYTES);
    keepUp(sweep.head());
    if (arrears != null && arrears.isEmpty()) {
      arrears = null;
    }
    if (isCatchingUp()) {
      sweep.catchUp().add(this);
    } else {
      sweep.visit(this);
    }
    sweep.onMemberProgress();
    return bytes;
  }

  /** Where it goes on in its feed must not be far away once it comes there. */
  private void keepUp(Head head) {
    if (arrears != null && lagBytes(head) > sweep.pace().keepUpLagBytes()) {
      arrears.keepUp(cursor, endOfEligible(head));
    }
    if (sweep.pace().isLapped(lagBytes(head))) {
      onLapped(head);
    }
  }

  /** What it has still to hear cannot be read. */
  void onUnreadable() {
    retire();
    sink.close(CloseReason.JOURNAL);
  }

  void onArrearsSkipped(long lines) {
    skipped += lines;
  }

  private void onReached(Head target) {
    onCaughtUp();
    if (target.position() == limit.position()) {
      retire();
      sink.finish(limitReason);
    }
  }

  private void onLapped(Head head) {
    lost = false;
    abandonTiming();
    if (!isCatchingUp() && recall()) {
      keepUp(head);
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
    long lines = cursor.skipTo(to);
    if (arrears != null) {
      lines += arrears.lines();
      arrears.end();
      arrears = null;
    }
    skipped += lines;
    channel().onLapped(sweep.pace().policy(), lines, lag);
    sink.onGap(first, to.line(), GapReason.SLOW);
  }

  /** Up to which line it has been written to, of those accepted while it was here. */
  long writtenLine() {
    if (owed != null && !left) {
      // The cursor may have gone on: around own lines, over skipped ones, or to its end.
      return Math.max(lineBefore(), owed.firstLine() - 1);
    }
    if (arrears != null && !left && arrears.lastLine() > lineBefore()) {
      return Math.max(lineBefore(), arrears.line());
    }
    boolean hasAll = left || cursor.position() >= limit.position();
    return hasAll ? Long.MAX_VALUE : Math.max(lineBefore(), cursor.line());
  }

  /** Up to which line it has also been dealt with. */
  long doneLine() {
    return Math.min(writtenLine(), Math.max(lineBefore(), sink.doneLine()));
  }

  /** Whether anybody waits for it: a client that is written to, or sent away and may be at work. */
  boolean isAwaited() {
    return inAudience && (!left || limitReason == CloseReason.SHUTTING_DOWN);
  }

  /** How far behind it is in what it has still to get: nothing, once that has an end and is out. */
  private long lagBytes(Head head) {
    return cursor.position() >= limit.position() ? 0 : head.position() - cursor.position();
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

  /** What lies behind it is not for this client any more. */
  private Head endOfEligible(Head head) {
    return limit.position() <= head.position() ? limit : head;
  }
}
