package io.linecast.core;

import java.nio.ByteBuffer;

/** Writes a channel's lines for one of its feeds. Used by one thread at a time. */
public interface LineEncoder {

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

  /** Encodes whole lines, in as many runs as it takes. The buffer's position and limit stay. */
  void encode(ByteBuffer run, int lineCount, long firstLine, Target target);
}
