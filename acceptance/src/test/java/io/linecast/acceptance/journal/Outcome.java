package io.linecast.acceptance.journal;

import java.util.List;

/**
 * How it went.
 *
 * @param acknowledged lines that their senders were told of
 * @param refused how often a sender was told that a line could not be kept
 * @param kept lines that there are in the end
 * @param lost acknowledged, and not there under that number
 * @param doubled there twice
 * @param heard lines that some listener has heard
 * @param forgotten heard, and not there
 */
record Outcome(
    int acknowledged,
    long refused,
    int kept,
    List<String> lost,
    List<String> doubled,
    int heard,
    List<String> forgotten) {

  @Override
  public String toString() {
    return "%d lines acknowledged, %d refused, %d kept, %d lost, %d doubled; %d heard, %d not kept"
        .formatted(
            acknowledged, refused, kept, lost.size(), doubled.size(), heard, forgotten.size());
  }
}
