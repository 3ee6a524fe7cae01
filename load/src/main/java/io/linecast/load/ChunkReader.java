package io.linecast.load;

import java.util.Arrays;

/**
 * Takes a chunked body (RFC 9112, 7.1) apart, chunk by chunk. It may come in any number of pieces.
 */
final class ChunkReader {
  /** No chunk that a load asks for is larger, whatever surrounds its line. */
  private static final int CHUNK_MAX_BYTES = 128 << 10;

  private static final int HEX = 16;

  private byte[] chunk = new byte[256];
  private int chunkBytes;
  private int size;
  private State state = State.BEGIN;

  private enum State {
    BEGIN,
    SIZE,
    LF_OF_SIZE,
    DATA,
    CR,
    LF,
    WHOLE,
    /** Where the next chunk begins cannot be known. */
    BROKEN
  }

  /**
   * Reads on, but not beyond the end of a chunk.
   *
   * @return behind the last byte that was read
   */
  int read(byte[] bytes, int begin, int end) {
    int position = begin;
    if (state == State.WHOLE) {
      state = State.BEGIN;
    }
    while (position < end && state != State.WHOLE && state != State.BROKEN) {
      if (state == State.DATA) {
        position = readData(bytes, position, end);
      } else {
        state = next(bytes[position]);
        position++;
      }
    }
    return state == State.BROKEN ? end : position;
  }

  /** Whether a chunk has just been read to its end. */
  boolean isWhole() {
    return state == State.WHOLE;
  }

  /** Whether what came is no chunk; nothing is read any more. */
  boolean isBroken() {
    return state == State.BROKEN;
  }

  /** Whether no chunk has begun that has not ended. */
  boolean isBetween() {
    return state == State.BEGIN || state == State.WHOLE;
  }

  /** What is in the chunk: as many bytes as {@link #size} says. Not to be changed or kept. */
  byte[] chunk() {
    return chunk;
  }

  /** How many bytes are in the chunk. */
  int size() {
    return size;
  }

  private State next(byte read) {
    return switch (state) {
      case BEGIN -> {
        size = 0;
        chunkBytes = 0;
        yield addDigit(read);
      }
      case SIZE -> read == '\r' ? State.LF_OF_SIZE : addDigit(read);
      case LF_OF_SIZE -> read == '\n' ? (size > 0 ? State.DATA : State.CR) : State.BROKEN;
      case CR -> read == '\r' ? State.LF : State.BROKEN;
      case LF -> read == '\n' ? State.WHOLE : State.BROKEN;
      default -> throw new IllegalStateException("not byte by byte: " + state);
    };
  }

  private State addDigit(byte read) {
    int digit = Character.digit(read, HEX);
    size = size * HEX + digit;
    return digit < 0 || size > CHUNK_MAX_BYTES ? State.BROKEN : State.SIZE;
  }

  private int readData(byte[] bytes, int position, int end) {
    int count = Math.min(size - chunkBytes, end - position);
    if (chunk.length < size) {
      chunk = Arrays.copyOf(chunk, size);
    }
    System.arraycopy(bytes, position, chunk, chunkBytes, count);
    chunkBytes += count;
    if (chunkBytes == size) {
      state = State.CR;
    }
    return position + count;
  }
}
