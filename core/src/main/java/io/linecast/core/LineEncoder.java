package io.linecast.core;

import java.nio.ByteBuffer;

/** How a channel's lines are written in one of its feeds. Used by one thread at a time. */
interface LineEncoder {

  /** Takes encoded lines. */
  @FunctionalInterface
  interface Target {

    /**
     * The next lines.
     *
     * @param run their bytes, from position to limit; valid only during the call
     */
    void accept(ByteBuffer run, int lineCount, long firstLine);
  }

  /** Lines as they are. */
  LineEncoder PLAIN =
      (run, lineCount, firstLine, target) -> target.accept(run, lineCount, firstLine);

  /**
   * How many bytes lines have at most when they are encoded.
   *
   * @param bytes how many they have as they are
   * @param lastLine the number of the last
   */
  default long encodedBytes(long bytes, int lineCount, long lastLine) {
    return bytes;
  }

  /** Encodes whole lines, in as many runs as it takes. The buffer's position and limit stay. */
  void encode(ByteBuffer run, int lineCount, long firstLine, Target target);
}
