package io.linecast.core;

import io.linecast.protocol.GapReason;
import io.linecast.protocol.LineFeeds;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * What a client has still to hear of the lines accepted before it came, read from the channel's
 * plain feed and encoded for it alone. From the line it came at, it follows its edition's feed.
 *
 * <p>They may end before that line. Owned by the client's loop.
 */
final class Arrears {

  /** About what is encoded, or passed over, at once. */
  private static final int PART_BYTES = 32 * 1024;

  /** And what that may become at the most, but for a line that becomes more by itself. */
  private static final int ENCODED_BYTES = 2 * PART_BYTES;

  private final Feed plain;

  /** The last line of the arrears, and where it ends. */
  private final long lastLine;

  private final long endPosition;

  /** The client's own lines among them, as {@link Publisher#linesAfter} has them. */
  private final long[] own;

  private int nextOwn;
  private long position;
  private long line;

  /** What the visit under way has handed on, and what it has read to pass over own lines. */
  private long bytes;

  private boolean gone;

  Arrears(Feed plain, Head from, Head end, long[] own) {
    this.plain = plain;
    this.position = from.position();
    this.line = from.line();
    this.lastLine = end.line();
    this.endPosition = end.position();
    this.own = own;
  }

  /** Up to which line they have been handed on. */
  long line() {
    return line;
  }

  /** How far back they reach, in bytes of the plain feed: beyond the window they are lost. */
  long lagBytes() {
    return plain.head().position() - position;
  }

  /** What is still to come, in bytes of the plain feed. */
  long bytes() {
    return Math.max(0, endPosition - position);
  }

  boolean isEmpty() {
    return line >= lastLine;
  }

  /** How many lines are still to come; the client's own are not for it. */
  long lines() {
    long lines = lastLine - line;
    for (int i = nextOwn; i < own.length && own[i] <= lastLine; i += 2) {
      lines -= Math.min(own[i + 1], lastLine + 1) - Math.max(own[i], line + 1);
    }
    return lines;
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
  long visit(Subscriber client, LineEncoder encoder, long visitBytes) {
    bytes = 0;
    while (bytes < visitBytes && !client.isOwed() && !gone && !isEmpty()) {
      Segment segment = plain.retain(position);
      if (segment == null) {
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

  private void send(Segment segment, Subscriber client, LineEncoder encoder) {
    long segmentEnd = plain.endOf(segment, plain.head());
    if (position == segmentEnd) {
      position = plain.positionAfter(segment);
      return;
    }
    int offset = (int) (position - segment.position());
    ByteBuffer rest = segment.bytes().slice(offset, (int) (segmentEnd - position));
    rest.order(ByteOrder.LITTLE_ENDIAN);
    boolean mine = nextOwn < own.length && own[nextOwn] == line + 1;
    long before = mine ? own[nextOwn + 1] : nextOwn < own.length ? own[nextOwn] : Long.MAX_VALUE;
    long most = Math.min(before, lastLine + 1) - line - 1;
    LineEncoding encoding = mine ? BasicEncoding.PLAIN : client.sweep().edition().encoding();
    int count = 0;
    int length = 0;
    while (count < most && length < rest.limit()) {
      int end = LineFeeds.indexOf(rest, length, rest.limit()) + 1;
      if (count > 0 && isMuch(encoding, length, end, count)) {
        break;
      }
      length = end;
      count++;
    }
    position += length;
    if (mine) {
      bytes += length;
      passOwn(count);
    } else {
      encoder.encode(
          rest.limit(length), count, line + 1, (run, lines, first) -> give(run, lines, client));
    }
  }

  /**
   * Whether so many lines are enough for once, or one more, which ends there, would be too much.
   */
  private boolean isMuch(LineEncoding encoding, int length, int end, int count) {
    long last = line + count + 1;
    return length + encoding.encodedBytes(0, count, last) >= PART_BYTES
        || encoding.encodedBytes(end, count + 1, last) > ENCODED_BYTES;
  }

  private void passOwn(int count) {
    line += count;
    if (line + 1 < own[nextOwn + 1]) {
      own[nextOwn] = line + 1;
    } else {
      nextOwn += 2;
    }
  }

  private void give(ByteBuffer run, int lines, Subscriber client) {
    if (gone) {
      return;
    }
    int taken = client.sink.give(run);
    bytes += run.limit();
    if (taken == Sink.GONE) {
      gone = true;
    } else {
      line += lines;
      LineEncoding encoding = client.sweep().edition().encoding();
      client.onArrearsGiven(lines, lines - encoding.countLines(run, run.position(), taken));
    }
  }

  /** What comes next is kept no more: goes on with the oldest line that is. */
  private void skip(Subscriber client) {
    long before = lines();
    Head place = plain.lineStartNear(0);
    long oldest = Math.min(place.line(), lastLine);
    long first = line + 1;
    // Own lines at the beginning are none that it misses.
    for (int i = nextOwn; i < own.length && own[i] == first; i += 2) {
      first = own[i + 1];
    }
    position = place.position();
    line = oldest;
    while (nextOwn < own.length && own[nextOwn + 1] <= line + 1) {
      nextOwn += 2;
    }
    if (nextOwn < own.length && own[nextOwn] <= line) {
      own[nextOwn] = line + 1;
    }
    client.onArrearsSkipped(before - lines());
    if (line >= first) {
      client.sink.onGap(first, line, GapReason.EXPIRED);
    }
  }
}
