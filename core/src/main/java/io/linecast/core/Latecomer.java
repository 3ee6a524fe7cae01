package io.linecast.core;

import io.linecast.protocol.GapReason;
import org.jspecify.annotations.Nullable;

/**
 * A follower that may have to hear lines first that were accepted before its place in the feed, and
 * that hears none behind some other place.
 *
 * <p>Owned by its sweep's loop. Arrears in the plain feed are sent by the sweep; those in the
 * journal by its {@link CatchUp}, while its place in the feed moves with the head.
 */
abstract class Latecomer extends Follower {

  private static final Head NO_LIMIT = new Head(Long.MAX_VALUE, Long.MAX_VALUE);

  /** What comes before its place in the feed; null if there is nothing. */
  @Nullable Arrears arrears;

  /** Where the client's part ends: it finished, or the server did. */
  Head limit = NO_LIMIT;

  CloseReason limitReason = CloseReason.FINISHED;

  /** Nothing is written to the client any more. */
  boolean left;

  long skipped;
  private boolean inCatchUp;

  Latecomer(Sweep sweep, Sink sink, Head start, @Nullable Arrears arrears) {
    super(sweep, sink, start);
    this.arrears = arrears;
  }

  /** Its arrears are over: it is visited in its feed. */
  abstract void goOn();

  /** It is a whole window behind. */
  abstract void onLapped(Head head);

  /** Sends what was accepted up to {@code place} and nothing later, then closes. */
  void finishAt(Head place, CloseReason reason) {
    if (!isFinishing()) {
      limit = place;
      limitReason = reason;
    }
  }

  boolean isFinishing() {
    return limit.position() != NO_LIMIT.position();
  }

  /** What lies behind it is not for this client any more. */
  Head endOfEligible(Head head) {
    return limit.position() <= head.position() ? limit : head;
  }

  /** How far behind it is in what it has still to get: nothing, once that has an end and is out. */
  long lagBytes(Head head) {
    return cursor.position() >= limit.position() ? 0 : head.position() - cursor.position();
  }

  /** Nothing is written to the client from now on. */
  void leave() {
    left = true;
    if (arrears != null) {
      arrears.end();
    }
  }

  /** It goes on without its arrears; returns how many lines they still had. */
  long dropArrears() {
    if (arrears == null) {
      return 0;
    }
    long lines = arrears.lines();
    arrears.end();
    arrears = null;
    return lines;
  }

  void onArrearsSkipped(long lines) {
    skipped += lines;
  }

  /** So many numbers of its arrears are no lines, as it turns out. */
  abstract void onVoid(long numbers);

  /** No line has the next numbers of its arrears: it is told, if it sees numbers. */
  void passVoid(Backlog backlog, long last) {
    long first = backlog.line() + 1;
    onVoid(backlog.skipTo(last));
    if (sweep.edition().encoding().tellsGaps()) {
      sink.onGap(first, backlog.line(), GapReason.VOID);
    }
  }

  /** Returns how many bytes were taken. */
  long sendArrears(Arrears from) {
    long bytes = from.visit(this, sweep.encoder(), VISIT_BYTES);
    if (from.isEmpty()) {
      arrears = null;
    }
    if (from.isGone()) {
      retire();
    }
    if (from.isRecalled()) {
      sweep.catchUp.add(this);
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
      sweep.catchUp.add(this);
    } else {
      goOn();
    }
    sweep.onMemberProgress();
    return bytes;
  }

  /** Where it goes on in its feed must not be far behind once it comes there. */
  void keepUp(Head head) {
    if (!left && arrears != null && lagBytes(head) > sweep.pace().keepUpLagBytes()) {
      long voids = cursor.voids();
      arrears.keepUp(cursor, endOfEligible(head));
      if (cursor.voids() > voids) {
        onVoid(voids - cursor.voids()); // they are numbers of its arrears now
      }
    }
    if (!left && sweep.pace().isLapped(lagBytes(head))) {
      onLapped(head);
    }
  }

  /** A visit has failed for a reason of the server's own. */
  void onFault() {
    retire();
    sink.close(CloseReason.FAULT);
  }

  /** What it has still to hear cannot be read. */
  void onUnreadable() {
    retire();
    sink.close(CloseReason.JOURNAL);
  }
}
