package io.linecast.cli;

import java.time.Duration;

/** Where {@code linecast send} puts its lines. */
interface Outlet extends AutoCloseable {

  /** How long a line may be, without its line feed. */
  int maxLineBytes();

  /** How many lines of the input an earlier run has sent. */
  long sentBefore();

  /** Sends a line; may wait until there is room. */
  void send(SendTally.Place place, byte[] line);

  /** Has something run once it takes no more lines, whoever has ended it; on any thread. */
  void onEnd(Runnable action);

  /** Nothing more is to be had from the input for now. */
  void flush();

  /**
   * Nothing more will be sent: waits until what was sent is settled.
   *
   * @return whether it is
   */
  boolean settle(Duration patience);

  /** Whether anybody says what has become of a line. */
  boolean isAcknowledged();

  /** How many lines are not settled. */
  int outstanding();

  /** What has become of all, for people. */
  String summary();

  @Override
  void close();
}
