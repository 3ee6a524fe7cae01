package io.linecast.cli;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tells which lines have failed: each as it happens, but for those that follow one that has failed
 * for the same reason, which are told of together. Safe from any thread.
 */
final class FailedLines {

  /** So many times it tells; who has more to tell has another kind of trouble. */
  private static final int TOLD = 20;

  private final Consumer<String> told;
  private int times;

  private SendTally.@Nullable Place first;
  private SendTally.@Nullable Place last;
  private String why = "";

  FailedLines(Consumer<String> told) {
    this.told = told;
  }

  synchronized void add(SendTally.Place place, String reason) {
    if (last != null && place.follows(last) && reason.equals(why)) {
      last = place;
      return;
    }
    end();
    first = place;
    last = place;
    why = reason;
    tell(place + ": " + reason);
  }

  /** Nothing more will follow the last one. */
  synchronized void end() {
    if (first != null && last != null && last.number() > first.number()) {
      long next = first.number() + 1;
      tell(
          next == last.number()
              ? last + ": likewise"
              : last.source() + ", lines " + next + " to " + last.number() + ": likewise");
    }
    first = null;
    last = null;
  }

  private void tell(String words) {
    times++;
    if (times <= TOLD) {
      told.accept(words);
    } else if (times == TOLD + 1) {
      told.accept("more lines have failed; they are counted");
    }
  }
}
