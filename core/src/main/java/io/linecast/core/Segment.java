package io.linecast.core;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A stretch of a feed: whole lines, appended once, never changed and never reused.
 *
 * <p>Written by the channel's append section. Any loop may read below the head it has seen, while
 * it holds a reference; the memory is given back with the last one.
 */
public final class Segment {

  private final FeedMemory memory;
  private final Arena arena = Arena.ofShared();
  private final ByteBuffer bytes;
  private final long address;
  private final long position;

  /** Final once the segment can be seen: readers reach it through the feed. */
  private long lineBefore;

  private long voidsBefore;

  /** How much is filled; final once the next segment exists. Readers reach it through the head. */
  private int used;

  private final LineIndex index;

  /** How many numbers this segment has, and how many of them no line has. */
  private long lines;

  private long voids;

  private final AtomicInteger references = new AtomicInteger(1);

  /**
   * An empty segment.
   *
   * @param position where in the feed it begins
   * @param lineBefore the number of the last line before it
   */
  Segment(FeedMemory memory, long position, long lineBefore, int capacityBytes) {
    this.memory = memory;
    this.position = position;
    this.lineBefore = lineBefore;
    MemorySegment taken = memory.take(arena, position, capacityBytes);
    this.bytes = taken.asByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    this.address = taken.address();
    this.index = new LineIndex(capacityBytes);
  }

  /** Says what was not known when its memory was made ready: what comes before it. */
  void beginBehind(Head last) {
    lineBefore = last.line();
    voidsBefore = last.voids();
  }

  /** Where in the feed it begins. */
  public long position() {
    return position;
  }

  /** Its bytes. For absolute reads below the head only: position and limit are nobody's. */
  public ByteBuffer bytes() {
    return bytes;
  }

  /** Where its bytes are in memory, for system calls made while a reference is held. */
  public long address() {
    return address;
  }

  int usedBytes() {
    return used;
  }

  boolean hasRoomFor(int moreBytes) {
    return bytes.capacity() - used >= moreBytes;
  }

  /** Copies whole lines to the end. The caller publishes the head afterwards. */
  void append(ByteBuffer run, int lineCount) {
    if (index.isDue(used)) {
      index.add(used, lines, voids);
    }
    bytes.put(used, run, run.position(), run.remaining());
    used += run.remaining();
    lines += lineCount;
  }

  /**
   * Numbers follow that no line has, and bytes that say so, which may be none: then the place
   * behind these is at the same offset. As above.
   */
  void appendVoid(ByteBuffer words, long numbers) {
    if (!index.endsAt(used)) {
      index.add(used, lines, voids);
    }
    bytes.put(used, words, words.position(), words.remaining());
    used += words.remaining();
    lines += numbers;
    voids += numbers;
    index.add(used, lines, voids);
  }

  /** Which entry of the index is the last line start at or before an offset below the head. */
  int entryAtOrBefore(int offset) {
    return index.atOrBefore(offset);
  }

  /** Where in the feed the line start of an index entry is. */
  long positionOfEntry(int entry) {
    return position + index.offset(entry);
  }

  /** The last number before the line start of an index entry. */
  long lineBeforeEntry(int entry) {
    return lineBefore + index.line(entry);
  }

  /** How many numbers before the line start of an index entry no line has. */
  long voidsBeforeEntry(int entry) {
    return voidsBefore + index.voids(entry);
  }

  private Head placeOf(int entry) {
    return new Head(positionOfEntry(entry), lineBeforeEntry(entry), voidsBeforeEntry(entry));
  }

  /** The place of the last indexed line start at or before an offset below the head. */
  Head indexedAtOrBefore(int offset) {
    return placeOf(index.atOrBefore(offset));
  }

  /**
   * The place behind the line, or the void numbers, whose bytes are at an offset below the head.
   */
  Head placeBehindLineAt(int offset, LineEncoding encoding) {
    int entry = index.atOrBefore(offset);
    int start = index.offset(entry);
    int end = encoding.endOfLine(bytes, start, offset);
    if (entry + 1 < index.size() && index.offset(entry + 1) == end) {
      return placeOf(entry + 1); // these may be void numbers
    }
    long line = lineBeforeEntry(entry) + encoding.countLines(bytes, start, end);
    return new Head(position + end, line, voidsBeforeEntry(entry));
  }

  /**
   * How many lines, void numbers not counted, are whole before an offset, as {@link Head#lines}.
   */
  long linesBefore(int offset, LineEncoding encoding) {
    Head indexed = indexedAtOrBefore(offset);
    int start = (int) (indexed.position() - position);
    return indexed.lines() + (offset == start ? 0 : encoding.countLines(bytes, start, offset));
  }

  /**
   * The place behind line {@code line}, which ends in this segment below {@code endOffset}; before
   * the void numbers that it is one of.
   */
  Head placeBehind(long line, int endOffset, LineEncoding encoding) {
    int entry = index.atOrBeforeLine(line - lineBefore);
    int next = entry + 1 < index.size() ? index.offset(entry + 1) : endOffset;
    int offset = index.offset(entry);
    long at = lineBeforeEntry(entry);
    if (entry + 1 == index.size() || index.voids(entry + 1) == index.voids(entry)) {
      for (; at < line && offset < next; at++) {
        offset = encoding.endOfLine(bytes, offset, offset);
      }
    }
    return new Head(position + offset, at, voidsBeforeEntry(entry));
  }

  /** The last of the void numbers that follow a line at the offset where it ends; else the line. */
  long voidsTo(int offset, long line) {
    long to = offset == 0 ? Math.max(line, lineBefore) : line;
    int entry = index.atOrBefore(offset);
    return index.size() > 0 && index.offset(entry) == offset
        ? Math.max(to, lineBeforeEntry(entry))
        : to;
  }

  /** The place behind the void numbers that follow a line, or that it is one of. */
  Head placeBehindVoid(long line) {
    return placeOf(index.atOrBeforeLine(line - lineBefore) + 1);
  }

  /** Where the next void numbers behind an offset are; as far as there can be bytes if nowhere. */
  int nextVoidBehind(int offset) {
    int last = index.lastWithVoidsOf(index.atOrBefore(offset));
    return last + 1 < index.size() ? index.offset(last + 1) : bytes.capacity();
  }

  /** The number of the last line before this segment. */
  long lineBefore() {
    return lineBefore;
  }

  /** This segment's last number, once the next segment exists. */
  long lineBehind() {
    return lineBefore + lines;
  }

  /** How many numbers up to this segment's last no line has, once the next segment exists. */
  long voidsBehind() {
    return voidsBefore + voids;
  }

  /** Takes a reference, unless the segment is already gone. */
  boolean retain() {
    for (int now = references.get(); now > 0; now = references.get()) {
      if (references.compareAndSet(now, now + 1)) {
        return true;
      }
    }
    return false;
  }

  /** Lets go of a reference; the last one gives the memory back. */
  void release() {
    if (references.decrementAndGet() == 0) {
      memory.giveBack(arena, position, bytes.capacity());
    }
  }
}
