package io.linecast.core;

/** Where the journals of a server's channels are, opened: a file, or a cluster. */
public interface Journals extends AutoCloseable {

  /**
   * A channel's. Called once for each, by the thread that starts the server, which it may keep
   * waiting.
   *
   * @throws JournalException if it cannot be had; the message says what to do
   */
  Journal of(String channel);

  /** All channels have theirs. Called once, by that thread. */
  default void onComplete() {}

  /** Gives everything back; the journals have been closed. */
  @Override
  void close();
}
