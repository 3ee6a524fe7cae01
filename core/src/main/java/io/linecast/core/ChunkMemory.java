package io.linecast.core;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Memory of chunks. They come and go quickly, so what is given back is used again: closing a shared
 * arena is a handshake with every thread. Safe from any thread.
 */
final class ChunkMemory {

  /** What a chunk takes is a multiple of this: what one gives back is then of use to another. */
  private static final int UNIT_BYTES = 16 * 1024;

  private final long mostBytes;
  private final Runnable onGivenBack;
  private final AtomicLong takenBytes = new AtomicLong();

  /** What was given back, by size. Guarded by itself, as is how much that is. */
  private final Map<Integer, ArrayDeque<MemorySegment>> spare = new HashMap<>();

  private long spareBytes;

  /**
   * None is taken.
   *
   * @param mostBytes how much of what was given back is kept, with what is taken
   */
  ChunkMemory(long mostBytes, Runnable onGivenBack) {
    this.mostBytes = mostBytes;
    this.onGivenBack = onGivenBack;
  }

  private static int roomFor(int bytes) {
    return Math.max(1, (bytes + UNIT_BYTES - 1) / UNIT_BYTES) * UNIT_BYTES;
  }

  /** What chunks have that somebody holds. */
  long takenBytes() {
    return takenBytes.get();
  }

  /** An empty piece for so many bytes and some more. */
  Segment newSegment(long lineBefore, int bytes) {
    return new Segment(new Piece(), 0, lineBefore, roomFor(bytes));
  }

  private MemorySegment take(int bytes) {
    synchronized (spare) {
      ArrayDeque<MemorySegment> fitting = spare.get(bytes);
      if (fitting != null && !fitting.isEmpty()) {
        spareBytes -= bytes;
        takenBytes.addAndGet(bytes);
        return fitting.pop();
      }
    }
    // Freed when nobody knows it any more. If there is none, none is taken.
    MemorySegment memory = Arena.ofAuto().allocate(bytes, Long.BYTES);
    takenBytes.addAndGet(bytes);
    return memory;
  }

  private void giveBack(MemorySegment memory) {
    int bytes = (int) memory.byteSize();
    synchronized (spare) {
      if (takenBytes.addAndGet(-bytes) + spareBytes + bytes <= mostBytes) {
        spare.computeIfAbsent(bytes, size -> new ArrayDeque<>()).push(memory);
        spareBytes += bytes;
      } else if (spareBytes > mostBytes / 2) {
        spare.clear(); // these are of sizes that nobody needs now
        spareBytes = 0;
      }
    }
    onGivenBack.run();
  }

  /** What one chunk has. */
  private final class Piece implements FeedMemory {

    private MemorySegment memory = MemorySegment.NULL;

    @Override
    public MemorySegment take(Arena arena, long position, int bytes) {
      memory = ChunkMemory.this.take(bytes);
      return memory;
    }

    @Override
    public void giveBack(Arena arena, long position, int bytes) {
      ChunkMemory.this.giveBack(memory);
    }
  }
}
