package io.linecast.server;

import java.nio.ByteBuffer;

/**
 * What a connection's lines mean, by what its client speaks. Called on the connection's loop, in
 * the order of the stream.
 */
interface LineConsumer {

  /** Whole lines, from position to limit; valid only during the call. */
  void onLines(ByteBuffer run, int lineCount);

  /** A line was over the limit; {@code beginning} has its first bytes. */
  void onTooLong(ByteBuffer beginning);

  /** So many bytes came, of which some are thrown away: they are of a line over the limit. */
  default void onDiscarded(int bytes) {}

  /** Whether an unfinished line at the end of the input is one. */
  boolean completesLastLine();

  /** The client sends nothing more. */
  void onEnd();
}
