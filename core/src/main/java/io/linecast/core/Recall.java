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

  /** The chunk at hand; null while none is held. */
  private @Nullable Chunk chunk;

  /**
   * Where in it the client is. Before the void numbers that the client's next one is amid: these
   * are said at once there.
   */
  private Head place = Head.START;

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
      place = chunk.placeBehind(Math.max(backlog.line(), chunk.lineBefore()));
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
    if (place.line() < backlog.line()) {
      passVoid(here.lines().placeBehindVoid(backlog.line()));
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
    int offset = (int) (place.position() - lines.position());
    Head upTo = here.placeBehind(Math.min(backlog.endOfStretch(), here.last()));
    if (upTo.position() - place.position() > visitBytes) {
      Head shorter = lines.indexedAtOrBefore((int) (offset + visitBytes));
      upTo = shorter.position() > place.position() ? shorter : upTo;
    }
    if (upTo.line() == backlog.line()) {
      passVoid(lines.placeBehindVoid(backlog.line())); // some of them are behind its last line
      return 0;
    }
    int end = (int) (upTo.position() - lines.position());
    int taken = end == offset ? 0 : client.sink.take(lines, offset, end - offset);
    if (taken == Sink.GONE) {
      client.retire();
      return 0;
    }
    if (taken < end - offset) {
      owe(here, offset + taken);
    } else {
      pass(upTo);
    }
    return taken;
  }

  private void pass(Head upTo) {
    long lines = upTo.lines() - place.lines();
    client.onVoid(upTo.voids() - place.voids());
    backlog.pass(upTo.line() - place.line());
    place = upTo;
    client.onGiven(upTo.line(), (int) lines, 0);
  }

  /** The client is amid numbers that no line has, or its backlog ends there. */
  private void passVoid(Head behind) {
    client.passVoid(backlog, behind.line());
    if (backlog.line() == behind.line()) {
      place = behind;
    }
  }

  /**
   * The socket is full: it will owe the next line, and those that can no longer be kept from it.
   */
  private void owe(Chunk here, int at) {
    Segment lines = here.lines();
    Head first = lines.placeBehindLineAt(at, here.encoding());
    Head behind = first;
    long whole = lines.linesBefore(at, here.encoding());
    int lastHeld = at + client.sink.committedBytes() - 1;
    if (lines.position() + lastHeld >= behind.position()) {
      behind = lines.placeBehindLineAt(lastHeld, here.encoding());
    }
    pass(behind);
    client.owed = new Follower.Owed(first.line(), (int) (behind.lines() - whole));
    client.sink.owe(lines, at, (int) (behind.position() - lines.position()) - at);
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
