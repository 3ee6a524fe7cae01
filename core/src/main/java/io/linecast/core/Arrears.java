package io.linecast.core;

import io.linecast.protocol.GapReason;
import io.linecast.protocol.LineFeeds;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * What a client has still to hear of the lines accepted before its place in its edition's feed:
 * read from the channel's plain feed and encoded for it alone, or, once they are there no more,
 * from the journal. They may end before that place. Owned by the client's loop.
 *
 * <p>From the plain feed → from the journal, if the feed has gone on too far → nothing. While they
 * come from the journal nobody waits for the client, nor is it lapped: its place in its feed moves
 * with the head.
 */
final class Arrears {

  /** About what is encoded, or passed over, at once. */
  private static final int PART_BYTES = 32 * 1024;

  /** And what that may become at the most, but for a line that becomes more by itself. */
  private static final int ENCODED_BYTES = 2 * PART_BYTES;

  /** About what it takes to tell of numbers that no line has. */
  private static final int GAP_BYTES = 64;

  /**
   * In more runs than these a client's own lines are not remembered while it catches up: as many as
   * a publisher may have when it comes, and as many again meanwhile.
   */
  static final int OWN_RUNS_MAX = 2 * RunBudget.LARGEST_SHARE;

  private final Feed plain;

  /** Where in the plain feed they end. */
  private final long endPosition;

  private final Backlog backlog;

  /** Where lines are that the feed has no more; null if the journal keeps none. */
  private final @Nullable Shelf shelf;

  private long position;

  /** From the moment that they come from the journal. */
  private @Nullable Recall recall;

  /** What the visit under way has handed on, and what it has read to pass over own lines. */
  private long bytes;

  private boolean gone;

  Arrears(Feed plain, Head from, Head end, long[] own) {
    this(plain, from, end, own, null);
  }

  /**
   * As above.
   *
   * @param from where they begin; its position does not matter if that is not in the plain feed
   * @param shelf where they are too; null: nowhere
   */
  Arrears(Feed plain, Head from, Head end, long[] own, @Nullable Shelf shelf) {
    this.plain = plain;
    this.position = from.position();
    this.endPosition = end.position();
    this.backlog = new Backlog(from.line(), end.line(), own);
    this.shelf = shelf;
  }

  /** Up to which line they have been handed on. */
  long line() {
    return backlog.line();
  }

  /** The last of them. */
  long lastLine() {
    return backlog.lastLine();
  }

  /** How far back they reach, in bytes of the plain feed: beyond the window they are lost. */
  long lagBytes() {
    return recall == null ? plain.head().position() - position : 0;
  }

  /** What is still to come, in bytes of the plain feed, or about how much. */
  long bytes() {
    return recall == null ? Math.max(0, endPosition - position) : recall.bytes();
  }

  boolean isEmpty() {
    return backlog.isEmpty();
  }

  /** How many lines are still to come; the client's own are not for it. */
  long lines() {
    return backlog.lines();
  }

  /** From now on they come from the journal, if it keeps them; returns whether it does. */
  boolean recall(Latecomer client) {
    if (recall == null && shelf != null) {
      recall = new Recall(client, shelf, backlog);
    }
    return recall != null;
  }

  /** Whether they come from the journal. */
  boolean isRecalled() {
    return recall != null;
  }

  /** Whether they come from the journal, and more can be handed on at once. */
  boolean isReady() {
    return recall != null && !recall.isWaiting();
  }

  /** Nothing is written to the client any more. */
  void end() {
    if (recall != null) {
      recall.end();
    }
  }

  /** Hands on what has been read of the journal, as {@link #visit}. */
  long visitRecall(long visitBytes) {
    return recall == null ? 0 : recall.visit(visitBytes);
  }

  /**
   * The client's place in its feed moves on, so that nobody waits for it: what lies between becomes
   * arrears. Where its own lines lie in too many runs to be remembered, it stays where it is.
   */
  void keepUp(Cursor cursor, Head place) {
    if (place.position() > cursor.position() && backlog.ownRuns() < OWN_RUNS_MAX) {
      cursor.leaveTo(place, backlog);
    }
  }

  /** Whether the last visit found the connection gone. */
  boolean isGone() {
    return gone;
  }

  /**
   * Hands on about so many bytes, or what the socket takes. What has been handed on is put down at
   * once: the client may leave from within a call of its sink.
   *
   * @return how many bytes, those of own lines that were passed over included
   */
  long visit(Latecomer client, LineEncoder encoder, long visitBytes) {
    bytes = 0;
    while (bytes < visitBytes && !client.isOwed() && !gone && !isEmpty()) {
      Segment segment = plain.retain(position);
      if (segment == null) {
        if (recall(client)) {
          return bytes;
        }
        skip(client);
        continue;
      }
      try {
        send(segment, client, encoder);
      } finally {
        segment.release();
      }
    }
    return bytes;
  }

  private void send(Segment segment, Latecomer client, LineEncoder encoder) {
    long segmentEnd = plain.endOf(segment, plain.head());
    int offset = (int) (position - segment.position());
    long voidsTo = segment.voidsTo(offset, backlog.line());
    if (voidsTo > backlog.line()) {
      client.passVoid(backlog, voidsTo);
      bytes += GAP_BYTES;
      return;
    }
    if (position == segmentEnd) {
      position = plain.positionAfter(segment);
      return;
    }
    int end = Math.min(segment.nextVoidBehind(offset), (int) (segmentEnd - segment.position()));
    ByteBuffer rest = segment.bytes().slice(offset, end - offset);
    rest.order(ByteOrder.LITTLE_ENDIAN);
    boolean mine = backlog.isOwnNext();
    long line = backlog.line();
    long most = backlog.endOfStretch() - line;
    LineEncoding encoding = mine ? BasicEncoding.PLAIN : client.sweep.edition().encoding();
    int count = 0;
    int length = 0;
    while (count < most && length < rest.limit()) {
      int lineEnd = LineFeeds.indexOf(rest, length, rest.limit()) + 1;
      if (count > 0 && isMuch(encoding, length, lineEnd, count)) {
        break;
      }
      length = lineEnd;
      count++;
    }
    position += length;
    if (mine) {
      bytes += length;
      backlog.pass(count);
    } else {
      encoder.encode(
          rest.limit(length), count, line + 1, (run, lines, first) -> give(run, lines, client));
    }
  }

  /**
   * Whether so many lines are enough for once, or one more, which ends there, would be too much.
   */
  private boolean isMuch(LineEncoding encoding, int length, int end, int count) {
    long last = backlog.line() + count + 1;
    return length + encoding.encodedBytes(0, count, last) >= PART_BYTES
        || encoding.encodedBytes(end, count + 1, last) > ENCODED_BYTES;
  }

  private void give(ByteBuffer run, int lines, Latecomer client) {
    if (gone) {
      return;
    }
    int taken = client.sink.give(run);
    bytes += run.limit();
    if (taken == Sink.GONE) {
      gone = true;
    } else {
      backlog.pass(lines);
      LineEncoding encoding = client.sweep.edition().encoding();
      int unsent = lines - encoding.countLines(run, run.position(), taken);
      client.onGiven(backlog.line(), lines, unsent);
    }
  }

  /** What comes next is kept no more: goes on with the oldest line that is. */
  private void skip(Latecomer client) {
    Head place = plain.lineStartNear(0);
    long first = backlog.firstOfOthers(); // own lines at the beginning are none that it misses
    position = place.position();
    client.onArrearsSkipped(backlog.skipTo(place.line()));
    if (backlog.line() >= first) {
      client.sink.onGap(first, backlog.line(), GapReason.EXPIRED);
    }
  }
}
