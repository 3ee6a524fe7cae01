package io.linecast.core;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * A channel's lines in one encoding: an append-only byte stream that everybody reads and nobody
 * copies.
 *
 * <p>One writer at a time (the channel's append section); any number of reading loops. The writer
 * copies the bytes, then publishes the head (a volatile write); a reader takes the head and touches
 * nothing at or above it, so whatever it reads was written before.
 *
 * <p>A line never spans two segments, so the end of a segment may stay unused; positions count it.
 */
public final class Feed implements AutoCloseable {

  private static final int LARGEST_SEGMENT_BYTES = 4 * 1024 * 1024;
  private static final int SEGMENTS_PER_WINDOW = 16;

  private final FeedMemory memory;
  private final long windowBytes;
  private final int segmentBytes;
  private final int largestRunBytes;

  /** What was appended and may not have been published yet. Append section only. */
  private Head written = Head.START;

  /**
   * Volatile for two reasons: whoever sees a head sees the bytes below it; and a sweep that goes to
   * rest looks at it once more after having said so, while a publisher looks whether the sweep
   * rests after having set it, so that one of them sees the other.
   */
  private volatile Head head = Head.START;

  /**
   * The segments kept, oldest first, {@code segmentBytes} apart. Replaced as a whole; volatile so
   * that a reader who sees a head finds its segment.
   */
  private volatile Segment[] segments;

  /** Segments to come, which have their memory already. Append section only. */
  private final ArrayDeque<Segment> ahead = new ArrayDeque<>();

  /** How many these are, for others to see. */
  private volatile int aheadCount;

  /**
   * An empty feed.
   *
   * @param windowBytes how far back lines are kept, and so how far a client may lag
   * @param largestRunBytes the most that is ever appended at once
   */
  public Feed(long windowBytes, int largestRunBytes) {
    this(new DirectMemory(), windowBytes, largestRunBytes);
  }

  Feed(FeedMemory memory, long windowBytes, int largestRunBytes) {
    this(memory, windowBytes, largestRunBytes, largestRunBytes);
  }

  private Feed(FeedMemory memory, long windowBytes, int largestRunBytes, int leastSegmentBytes) {
    this.memory = memory;
    this.windowBytes = windowBytes;
    this.largestRunBytes = largestRunBytes;
    long share = Math.min(LARGEST_SEGMENT_BYTES, windowBytes / SEGMENTS_PER_WINDOW);
    this.segmentBytes = powerOfTwoAtLeast((int) Math.max(share, leastSegmentBytes));
    this.segments = new Segment[] {new Segment(memory, 0, 0, segmentBytes)};
  }

  /**
   * An empty feed in memory of the same kind.
   *
   * @param batchBytes what a batch has at most: runs that enter together need one segment more
   */
  Feed sibling(long itsWindowBytes, int itsLargestRunBytes, int batchBytes) {
    return new Feed(memory.another(), itsWindowBytes, itsLargestRunBytes, batchBytes);
  }

  /** The place behind the last line that may be read. From any thread. */
  public Head head() {
    return head;
  }

  /** How far back lines are kept. */
  public long windowBytes() {
    return windowBytes;
  }

  /** The most that is ever appended at once. */
  int largestRunBytes() {
    return largestRunBytes;
  }

  /**
   * Begins anew behind line {@code line}: what was kept is let go, and positions go on rising.
   * Nobody may follow. Append section only.
   */
  void restart(long line) {
    Segment[] kept = segments;
    reserveSegments(1);
    Segment next = removeAhead();
    next.beginBehind(new Head(next.position(), line));
    segments = new Segment[] {next};
    written = new Head(next.position(), line);
    publish();
    for (Segment segment : kept) {
      segment.release();
    }
  }

  /** Lets go of what is kept, but for the last segment. Nobody may follow. Append section only. */
  void letGo() {
    Segment[] kept = segments;
    segments = new Segment[] {kept[kept.length - 1]};
    for (int i = 0; i < kept.length - 1; i++) {
      kept[i].release();
    }
  }

  /** Memory taken by the lines kept, and made ready for those to come. From any thread. */
  public long keptBytes() {
    return (long) (segments.length + aheadCount) * segmentBytes;
  }

  /**
   * Makes room for runs of so many bytes together, none larger than a segment: appending them then
   * needs no memory, and cannot fail. Append section only.
   */
  void reserve(long bytes) {
    Segment last = segments[segments.length - 1];
    if (bytes > segmentBytes - last.usedBytes()) {
      // Any two segments that follow each other have more in them than one has room for.
      reserveSegments(bytes <= segmentBytes ? 1 : (int) (2 * bytes / segmentBytes) + 2);
    }
  }

  private void reserveSegments(int count) {
    long next = segments[segments.length - 1].position() + segmentBytes;
    while (ahead.size() < count) {
      long position = next + (long) ahead.size() * segmentBytes;
      ahead.add(new Segment(memory, position, 0, segmentBytes));
    }
    aheadCount = ahead.size();
  }

  private Segment removeAhead() {
    Segment next = ahead.remove();
    aheadCount = ahead.size();
    return next;
  }

  /**
   * Copies whole lines in, unseen until {@link #publish}. Append section only.
   *
   * @return the position where they begin
   */
  long append(ByteBuffer run, int lineCount) {
    if (run.remaining() > segmentBytes) {
      throw new IllegalArgumentException(
          "a run of " + run.remaining() + " bytes is over the segment's " + segmentBytes);
    }
    Segment last = segments[segments.length - 1];
    if (!last.hasRoomFor(run.remaining())) {
      last = roll();
    }
    long start = last.position() + last.usedBytes();
    last.append(run, lineCount);
    written =
        new Head(last.position() + last.usedBytes(), written.line() + lineCount, written.voids());
    return start;
  }

  /**
   * As {@link #append}: numbers that no line has, and bytes that say so, which may be none. Needs
   * memory only where bytes have no room.
   */
  void appendVoid(ByteBuffer words, long numbers) {
    Segment last = segments[segments.length - 1];
    if (!last.hasRoomFor(words.remaining())) {
      last = roll();
    }
    last.appendVoid(words, numbers);
    written =
        new Head(
            last.position() + last.usedBytes(),
            written.line() + numbers,
            written.voids() + numbers);
  }

  /** Lets everybody see what was appended. Append section only. */
  void publish() {
    head = written;
  }

  /** What was appended last, published or not. Append section only. */
  Head written() {
    return written;
  }

  /**
   * The segment that holds a position up to the head, with a reference for the caller to release;
   * null if it is kept no more. Behind the last one's last byte it is that one.
   */
  @Nullable Segment retain(long position) {
    Segment[] kept = segments;
    long index = (position - kept[0].position()) / segmentBytes;
    if (position < kept[0].position()) {
      return null;
    }
    Segment segment = kept[(int) Math.min(index, kept.length - 1L)];
    return segment.retain() ? segment : null;
  }

  /** Where a segment's lines end, as far as a reader who has seen {@code seen} may read. */
  long endOf(Segment segment, Head seen) {
    long next = segment.position() + segmentBytes;
    return seen.position() >= next ? segment.position() + segment.usedBytes() : seen.position();
  }

  /** Where the segment after this one begins. */
  long positionAfter(Segment segment) {
    return segment.position() + segmentBytes;
  }

  /**
   * The place from which exactly the last {@code lines} lines are ahead, or as many as are kept.
   * Append section only, and where lines are as they are.
   */
  Head placeBeforeLast(long lines) {
    long line = Math.max(written.line() - lines, segments[0].lineBefore());
    if (line >= written.line()) {
      return written;
    }
    Segment[] kept = segments;
    int i = kept.length - 1;
    while (kept[i].lineBefore() > line) {
      i--;
    }
    return kept[i].placeBehind(line, kept[i].usedBytes(), BasicEncoding.PLAIN);
  }

  /** The last indexed line start at or before a position; the oldest kept if that is gone. */
  Head lineStartNear(long position) {
    Segment[] kept = segments;
    long from = Math.max(position, kept[0].position());
    Segment segment = kept[(int) ((from - kept[0].position()) / segmentBytes)];
    return segment.indexedAtOrBefore((int) (from - segment.position()));
  }

  private Segment roll() {
    reserveSegments(1);
    Segment next = removeAhead();
    next.beginBehind(written);
    Segment[] kept = segments;
    int expired = 0;
    while (kept[expired].position() + segmentBytes <= next.position() - windowBytes) {
      expired++;
    }
    Segment[] now = new Segment[kept.length - expired + 1];
    System.arraycopy(kept, expired, now, 0, now.length - 1);
    now[now.length - 1] = next;
    segments = now;
    for (int i = 0; i < expired; i++) {
      kept[i].release();
    }
    return next;
  }

  static int powerOfTwoAtLeast(int bytes) {
    return bytes <= 1 ? 1 : Integer.highestOneBit(bytes - 1) << 1;
  }

  /** Gives the memory back. Nobody may read any more. */
  @Override
  public void close() {
    for (Segment segment : segments) {
      segment.release();
    }
    ahead.forEach(Segment::release);
  }
}
