package io.linecast.fuzz;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * How a stream is cut into what each read brings. The input does not say how, so that it stays what
 * somebody would send, and can be read: each is tried with all of these.
 */
public enum Cuts {
  /** One read brings everything. */
  WHOLE,
  /** Each byte comes alone; of a long stream those of the beginning. */
  BYTES,
  /** Parts of some bytes, in the same way each time. */
  PARTS,
  /** Each read ends behind a line feed. */
  LINES;

  private static final int ALONE_BYTES = 300;
  private static final int PART_MAX_BYTES = 24;

  /** The reads, in their order. */
  public List<byte[]> of(byte[] stream) {
    List<byte[]> reads = new ArrayList<>();
    SplittableRandom random = new SplittableRandom(Arrays.hashCode(stream));
    for (int at = 0; at < stream.length; ) {
      int end = Math.min(stream.length, endOf(stream, at, random));
      reads.add(Arrays.copyOfRange(stream, at, end));
      at = end;
    }
    return reads;
  }

  private int endOf(byte[] stream, int at, SplittableRandom random) {
    return switch (this) {
      case WHOLE -> stream.length;
      case BYTES -> at < ALONE_BYTES ? at + 1 : at + PART_MAX_BYTES;
      case PARTS -> at + random.nextInt(1, PART_MAX_BYTES);
      case LINES -> behindLineFeed(stream, at);
    };
  }

  private static int behindLineFeed(byte[] stream, int at) {
    int end = at;
    while (end < stream.length && stream[end] != '\n') {
      end++;
    }
    return end + 1;
  }

  /** A read as whoever takes it may have it: somewhere within a larger buffer. */
  public static ByteBuffer within(byte[] read, int before) {
    ByteBuffer buffer = ByteBuffer.allocate(before + read.length + before);
    return buffer.put(before, read).position(before).limit(before + read.length);
  }
}
