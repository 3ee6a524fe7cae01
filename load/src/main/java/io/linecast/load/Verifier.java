package io.linecast.load;

import java.util.function.IntToLongFunction;

/** Reads and checks all that one connection receives. */
interface Verifier {

  /** Takes the next {@code count} bytes of the stream, received at {@code nowNanos} of the run. */
  void accept(byte[] bytes, int count, long nowNanos);

  /**
   * To be called once, when the stream is over: what was sent by then and never came is missing.
   *
   * @param sentLines by sender
   */
  void finish(IntToLongFunction sentLines);
}
