package io.linecast.core;

import io.linecast.protocol.GapReason;
import java.util.Objects;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * A backlog that comes from the journal: chunk by chunk, each read and encoded elsewhere and shared
 * with whoever else is there. While a chunk is awaited, or the client's socket is full, nothing is
 * held and nothing is done.
 *
 * <p>Owned by the client's loop, but for {@link #onRead}.
 */
final class Recall implements Reading.Asker {

  private final Latecomer client;
  private final Shelf shelf;
  private final Backlog backlog;

  /** The chunk at hand, and where in it the client is; null while none is held. */
  private @Nullable Chunk chunk;

  private int offset;
  private boolean waiting;
  private boolean over;

  /** How long lines are, by the last chunk. */
  private long bytesPerLine;

  Recall(Latecomer client, Shelf shelf, Backlog backlog) {
    this.client = client;
    this.shelf = shelf;
    this.backlog = backlog;
  }

  /** Whether a chunk is awaited. */
  boolean isWaiting() {
    return waiting;
  }

  /** About how much is still to come. */
  long bytes() {
    return backlog.lines() * bytesPerLine;
  }

  /** Nothing is written to the client any more. */
  void end() {
    over = true;
    letGo();
  }

  /**
   * Hands on about so many bytes, or what the socket takes, or what is there.
   *
   * @return how many bytes
   */
  long visit(long visitBytes) {
    long bytes = 0;
    while (bytes < visitBytes && !client.isOwed() && !over && !backlog.isEmpty()) {
      if (backlog.isOwnNext()) {
        passOwn();
      } else if (!isAtHand() && !ask()) {
        return bytes;
      } else {
        bytes += handOn(visitBytes);
      }
    }
    if (client.isOwed() || backlog.isEmpty()) {
      letGo();
    }
    return bytes;
  }

  private void passOwn() {
    backlog.pass(backlog.endOfStretch() - backlog.line());
    findPlace();
  }

  /** Where in the chunk at hand the next line is, if it is there. */
  private void findPlace() {
    if (chunk != null && chunk.covers(backlog.line() + 1)) {
      offset = backlog.line() > chunk.lineBefore() ? chunk.offsetBehind(backlog.line()) : 0;
    }
  }

  private boolean isAtHand() {
    return chunk != null && chunk.covers(backlog.line() + 1);
  }

  /** Returns whether the next chunk is there; else it will come. */
  private boolean ask() {
    letGo();
    long last = client.sweep.channel().feed().head().line();
    Chunk there = shelf.archive().ask(shelf, backlog.line() + 1, last, this);
    waiting = there == null;
    if (there != null) {
      take(there);
    }
    return there != null;
  }

  private void take(Chunk there) {
    letGo();
    chunk = there;
    bytesPerLine = there.lines().usedBytes() / (there.last() - there.lineBefore());
    if (there.last() < backlog.lastLine()) {
      long last = client.sweep.channel().feed().head().line();
      shelf.archive().readAhead(shelf, there.last() + 1, last);
    }
    findPlace();
  }

  private void letGo() {
    if (chunk != null) {
      chunk.release();
      chunk = null;
    }
  }

  @Override
  public void onRead(Reading.Outcome outcome) {
    try {
      client.sweep.loop().execute(() -> goOn(outcome));
    } catch (RejectedExecutionException e) {
      outcome.release(); // the server has ended
    }
  }

  private void goOn(Reading.Outcome outcome) {
    waiting = false;
    if (over) {
      outcome.release();
      return;
    }
    if (outcome.failure() != null) {
      if (client.sweep.channel().journal().isWorking()) {
        client.onUnreadable();
        return;
      }
    } else if (outcome.chunk() != null) {
      take(outcome.chunk());
    } else if (outcome.missingTo() > backlog.line()) {
      skipTo(outcome.missingTo());
    }
    client.sweep.catchUp.add(client);
  }

  /** Hands on the next lines of the chunk at hand; returns how many bytes were taken. */
  private long handOn(long visitBytes) {
    Chunk here = Objects.requireNonNull(chunk);
    if (backlog.line() < here.lineBefore()) {
      skipTo(here.lineBefore());
      return 0;
    }
    here.retain(); // the client may leave from within a call of its sink
    try {
      return handOn(here, visitBytes);
    } finally {
      here.release();
    }
  }

  private long handOn(Chunk here, long visitBytes) {
    Segment lines = here.lines();
    long upTo = Math.min(backlog.endOfStretch(), here.last());
    int end = here.offsetBehind(upTo);
    if (end - offset > visitBytes) {
      int entry = lines.entryAtOrBefore((int) (offset + visitBytes));
      int shorter = (int) (lines.positionOfEntry(entry) - lines.position());
      if (shorter > offset) {
        end = shorter;
        upTo = lines.lineBeforeEntry(entry);
      }
    }
    int taken = client.sink.take(lines, offset, end - offset);
    if (taken == Sink.GONE) {
      client.retire();
      return 0;
    }
    if (taken < end - offset) {
      owe(here, taken);
    } else {
      offset = end;
      pass(upTo);
    }
    return taken;
  }

  private void pass(long upTo) {
    long lines = upTo - backlog.line();
    backlog.pass(lines);
    client.onGiven(upTo, (int) lines, 0);
  }

  /**
   * The socket is full: it will owe the next line, and those that can no longer be kept from it.
   */
  private void owe(Chunk here, int taken) {
    Segment lines = here.lines();
    int at = offset + taken;
    Head place = lines.placeBehindLineAt(at, here.encoding());
    long whole = place.line() - 1;
    int lastHeld = at + client.sink.committedBytes() - 1;
    if (lines.position() + lastHeld >= place.position()) {
      place = lines.placeBehindLineAt(lastHeld, here.encoding());
    }
    long given = place.line() - backlog.line();
    int unsent = (int) (place.line() - whole);
    backlog.pass(given);
    offset = (int) (place.position() - lines.position());
    client.onGiven(place.line(), (int) given, unsent);
    client.sink.owe(lines, at, offset - at);
  }

  /** Lines up to this one will never come. */
  private void skipTo(long place) {
    long first = backlog.firstOfOthers();
    client.onArrearsSkipped(backlog.skipTo(place));
    if (backlog.line() >= first) {
      client.sink.onGap(first, backlog.line(), GapReason.EXPIRED);
    }
  }
}
