package io.linecast.core;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * Where a feed's bytes live. A feed's position is the offset in its memory; a range is mapped once,
 * filled once, and given back, and its place is never used again.
 *
 * <p>{@link #map} is called under the channel's append section; {@link #giveBack} by whoever lets
 * go of a segment last, on any thread.
 */
interface FeedMemory extends AutoCloseable {

  /** Says that a feed's memory has no file descriptor and cannot go out by sendfile. */
  int NO_FILE = -1;

  /**
   * The best there is here: an anonymous file where the system has them, else plain memory.
   *
   * @param name shown by the system's tools
   */
  static FeedMemory open(String name) {
    @Nullable FeedMemory file = AnonymousFile.openIfSupported(name);
    return file == null ? new DirectMemory() : file;
  }

  /** Memory for another feed of the same channel. */
  default FeedMemory sibling(String name) {
    return open(name);
  }

  /** Memory for {@code bytes} bytes from {@code position}, valid until the arena is closed. */
  MemorySegment map(Arena arena, long position, int bytes);

  /** Closes the arena of a mapped range and frees what it took. */
  void giveBack(Arena arena, long position, int bytes);

  /** The file that holds the bytes, or {@link #NO_FILE}. */
  int fileDescriptor();

  /** Frees the rest. Nothing may be mapped any more. */
  @Override
  void close();
}
