package io.linecast.core;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Where a feed's bytes live: a piece for each segment, taken once, filled once, and given back.
 *
 * <p>{@link #take} is called under the channel's append section; {@link #giveBack} by whoever lets
 * go of a segment last, on any thread.
 */
interface FeedMemory {

  /** Memory for {@code bytes} bytes of the feed from {@code position}, as long as the arena is. */
  MemorySegment take(Arena arena, long position, int bytes);

  /** Closes the arena of the piece at {@code position} and frees what it took. */
  void giveBack(Arena arena, long position, int bytes);

  /** Memory for another feed of the same channel. */
  default FeedMemory another() {
    return this;
  }
}
