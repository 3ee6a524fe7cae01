package io.linecast.load;

/**
 * Does one share of a run, in this process or in another. Its methods are called once each and in
 * their order; each returns when it is done.
 *
 * @see LocalWorker
 * @see RemoteWorker
 */
interface Worker extends AutoCloseable {

  /** Opens the connections. */
  void connect();

  /** Returns when the server serves all of them; no other share may be sending. */
  void probe();

  /** Throws away what other shares' probes have left. */
  void forget();

  /**
   * Sends by the schedule and takes in what comes, until all is there or nothing comes any more.
   *
   * @param startNanos when the schedule begins, by System.nanoTime, which on one machine is the
   *     same clock for all processes
   * @return how many lines each of its senders has sent
   */
  long[] run(long startNanos);

  /**
   * Draws up the account.
   *
   * @param sentLines how many lines each sender of all shares has sent
   */
  Tally tally(long[] sentLines);

  /** Closes the connections in an orderly way. */
  @Override
  void close();
}
