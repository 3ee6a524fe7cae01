package io.linecast.client;

/**
 * What becomes of a line: exactly one of the methods is called, once. The way to send in bulk: one
 * handler can serve any number of lines, and nothing is allocated for the acknowledgement.
 *
 * <p>Called on the client's reading thread in the order of the sends, so it must not block; it may
 * send. What it throws is passed to the thread's uncaught-exception handler and is otherwise
 * ignored.
 */
public interface SendHandler {

  /**
   * The line is acknowledged.
   *
   * @param number the client's own number for it
   * @param seq its number in the channel
   * @param clients how many others it went to
   */
  void onSent(long number, long seq, long clients);

  /** The line is not acknowledged and will not be; {@link SendException} says what is known. */
  void onFailed(SendException failure);
}
