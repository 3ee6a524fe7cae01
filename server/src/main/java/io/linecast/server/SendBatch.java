package io.linecast.server;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Lines that one client sends in a row, with its numbers, so that they enter the channel together.
 * Empty between two clients. Owned by its loop.
 */
final class SendBatch {

  private static final int FIRST_LINES = 64;

  private final int capacityBytes;

  /** Made when the first line is sent: most servers' loops have no acknowledged sender. */
  private @Nullable ByteBuffer texts;

  private long[] numbers = new long[FIRST_LINES];
  private int lines;

  /**
   * An empty batch.
   *
   * @param capacityBytes more than the longest line
   */
  SendBatch(int capacityBytes) {
    this.capacityBytes = capacityBytes;
  }

  boolean isEmpty() {
    return lines == 0;
  }

  boolean hasRoomFor(int bytes) {
    return texts().remaining() >= bytes;
  }

  /** Adds a line: the bytes from {@code start} to {@code end} and a line feed. */
  void add(long number, ByteBuffer run, int start, int end) {
    ByteBuffer to = texts();
    int at = to.position();
    to.put(at, run, start, end - start).put(at + end - start, (byte) '\n');
    to.position(at + end - start + 1);
    if (lines == numbers.length) {
      numbers = Arrays.copyOf(numbers, 2 * lines);
    }
    numbers[lines++] = number;
  }

  /** The lines, from position to limit. */
  ByteBuffer run() {
    return texts().flip();
  }

  /** The client's number for each line. */
  long[] numbers() {
    return numbers;
  }

  int lines() {
    return lines;
  }

  void clear() {
    lines = 0;
    texts().clear();
  }

  private ByteBuffer texts() {
    if (texts == null) {
      texts = ByteBuffer.allocateDirect(capacityBytes).order(ByteOrder.LITTLE_ENDIAN);
    }
    return texts;
  }
}
