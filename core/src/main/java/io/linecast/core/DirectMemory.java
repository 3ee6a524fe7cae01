package io.linecast.core;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Feed memory without a file, for systems that have no memfd: slices only, no sendfile. */
final class DirectMemory implements FeedMemory {

  @Override
  public MemorySegment map(Arena arena, long position, int bytes) {
    return arena.allocate(bytes, Long.BYTES);
  }

  @Override
  public void giveBack(Arena arena, long position, int bytes) {
    arena.close();
  }

  @Override
  public int fileDescriptor() {
    return NO_FILE;
  }

  @Override
  public void close() {
    // Every range had an arena of its own.
  }
}
