package io.linecast.core;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Feed memory that keeps the books: what is taken and not given back, and that no place is used
 * twice. What is given back is overwritten, so that whoever still reads it reads rubbish and not
 * what it hoped for. The arena has nothing to free and is left alone: closing one is a handshake
 * with every thread. For tests with one thread.
 */
public final class ObservedMemory implements FeedMemory {

  private static final byte RUBBISH = '#';

  private final Map<Long, MemorySegment> taken = new HashMap<>();
  private long nextPosition;
  private long takenBytes;
  private boolean refusing;

  /** How often it has refused. By whichever thread asks; any may look. */
  private final AtomicInteger refusals = new AtomicInteger();

  private @Nullable ObservedMemory sibling;

  @Override
  public MemorySegment take(Arena arena, long position, int bytes) {
    if (refusing) {
      refusals.incrementAndGet();
      throw new UncheckedIOException(new IOException("no memory"));
    }
    if (position < nextPosition) {
      throw new AssertionError("taken twice: " + position);
    }
    nextPosition = position + bytes;
    takenBytes += bytes;
    MemorySegment segment = MemorySegment.ofArray(new byte[bytes]);
    taken.put(position, segment);
    return segment;
  }

  @Override
  public void giveBack(Arena arena, long position, int bytes) {
    MemorySegment segment = taken.remove(position);
    if (segment == null || segment.byteSize() != bytes) {
      throw new AssertionError("given back what was not taken: " + bytes + " at " + position);
    }
    segment.fill(RUBBISH);
    takenBytes -= bytes;
  }

  @Override
  public FeedMemory another() {
    ObservedMemory other = new ObservedMemory();
    other.refusing = refusing;
    if (sibling == null) {
      sibling = other;
    }
    return other;
  }

  /** Has no more memory to give from now on, or has again; for editions to come too. */
  public void setRefusing(boolean does) {
    refusing = does;
  }

  /** How often it has refused. From any thread. */
  public int refusals() {
    return refusals.get();
  }

  /** Where the bytes of the first edition beside the plain one are; empty if there is none. */
  public Optional<ObservedMemory> sibling() {
    return Optional.ofNullable(sibling);
  }

  /** Bytes taken and not given back. */
  public long takenBytes() {
    return takenBytes;
  }

  /** A feed that lives here. */
  public Feed feed(long windowBytes, int largestRunBytes) {
    return new Feed(this, windowBytes, largestRunBytes);
  }
}
