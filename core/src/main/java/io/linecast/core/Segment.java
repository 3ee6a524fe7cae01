package io.linecast.core;

import io.linecast.protocol.LineFeeds;
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

  private static final int INDEX_STEP_BYTES = 4096;

  private final FeedMemory memory;
  private final Arena arena = Arena.ofShared();
  private final ByteBuffer bytes;
  private final long address;
  private final long position;

  /** Final once the segment can be seen: readers reach it through the feed. */
  private long lineBefore;

  /** How much is filled; final once the next segment exists. Readers reach it through the head. */
  private int used;

  /** Sparse index: the n-th entry is a line start, and how many of this segment's lines precede. */
  private final int[] indexOffset;

  private final int[] indexLines;
  private int lines;

  /** Volatile, and written after the entries: whoever sees the size sees them. */
  private volatile int indexSize;

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
    int entries = capacityBytes / INDEX_STEP_BYTES + 1;
    this.indexOffset = new int[entries];
    this.indexLines = new int[entries];
  }

  /** Says what was not known when its memory was made ready: the last line before it. */
  void beginBehind(long line) {
    lineBefore = line;
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
    int entries = indexSize;
    if (entries == 0 || used - indexOffset[entries - 1] >= INDEX_STEP_BYTES) {
      indexOffset[entries] = used;
      indexLines[entries] = lines;
      indexSize = entries + 1;
    }
    bytes.put(used, run, run.position(), run.remaining());
    used += run.remaining();
    lines += lineCount;
  }

  /** Which entry of the index is the last line start at or before an offset below the head. */
  int entryAtOrBefore(int offset) {
    int low = 0;
    for (int high = indexSize - 1; low < high; ) {
      int middle = (low + high + 1) >>> 1;
      if (indexOffset[middle] <= offset) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  /** Where in the feed the line start of an index entry is. */
  long positionOfEntry(int entry) {
    return position + indexOffset[entry];
  }

  /** The number of the last line before the line start of an index entry. */
  long lineBeforeEntry(int entry) {
    return lineBefore + indexLines[entry];
  }

  /** The place of the last indexed line start at or before an offset below the head. */
  Head indexedAtOrBefore(int offset) {
    int entry = entryAtOrBefore(offset);
    return new Head(positionOfEntry(entry), lineBeforeEntry(entry));
  }

  /** The place at an offset at or below the head, which is a line's start. */
  Head placeAt(int offset) {
    Head indexed = indexedAtOrBefore(offset);
    int lines = LineFeeds.count(bytes, (int) (indexed.position() - position), offset);
    return new Head(position + offset, indexed.line() + lines);
  }

  /** Where the line ends that holds the byte at an offset below the head. */
  int endOfLineAt(int offset) {
    return LineFeeds.indexOf(bytes, offset, bytes.capacity()) + 1;
  }

  /** The place behind line {@code line}, which ends in this segment below {@code endOffset}. */
  Head placeBehind(long line, int endOffset) {
    int low = 0;
    for (int high = indexSize - 1; low < high; ) {
      int middle = (low + high + 1) >>> 1;
      if (lineBefore + indexLines[middle] <= line) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    int offset = indexOffset[low];
    for (long at = lineBefore + indexLines[low]; at < line; at++) {
      offset = LineFeeds.indexOf(bytes, offset, endOffset) + 1;
    }
    return new Head(position + offset, line);
  }

  /** The number of the last line before this segment. */
  long lineBefore() {
    return lineBefore;
  }

  /** The number of this segment's last line, once the next segment exists. */
  long lineBehind() {
    return lineBefore + lines;
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
