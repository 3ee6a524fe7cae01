package io.linecast.core;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Memory outside the heap, which system calls can read; every piece has an arena of its own. */
final class DirectMemory implements FeedMemory {

  @Override
  public MemorySegment take(Arena arena, long position, int bytes) {
    return arena.allocate(bytes, Long.BYTES);
  }

  @Override
  public void giveBack(Arena arena, long position, int bytes) {
    arena.close();
  }
}
