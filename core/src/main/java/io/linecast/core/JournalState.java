package io.linecast.core;

import java.util.Optional;

/**
 * How a journal is.
 *
 * @param trouble why it keeps nothing at present, in words for an operator; empty if it does
 * @param waitingBytes what waits to be kept
 * @param lagLines how many lines are known to be kept that have not been handed back yet
 * @param failures how often it has begun to be in trouble
 * @param commits in how many transactions it has kept lines since it was opened; 0 if it has none
 */
public record JournalState(
    Optional<String> trouble, long waitingBytes, long lagLines, long failures, long commits) {

  /** It keeps what it is given, at once. */
  public static final JournalState WELL = new JournalState(Optional.empty(), 0, 0, 0, 0);

  /** Whether it keeps what it is given. */
  public boolean isWorking() {
    return trouble.isEmpty();
  }
}
