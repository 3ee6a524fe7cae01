package io.linecast.sqlite;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether lines can be kept. Written by the writer's thread, read by any. */
final class Health {

  /** Volatile, both: anybody asks, at any time, without a lock. */
  private volatile @Nullable String trouble;

  private volatile long failures;

  boolean isWorking() {
    return trouble == null;
  }

  Optional<String> trouble() {
    return Optional.ofNullable(trouble);
  }

  /** How often trouble has begun. */
  long failures() {
    return failures;
  }

  /** There is trouble, or it is another one now; returns whether it has just begun. */
  @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
  boolean onTrouble(String words) {
    boolean begins = trouble == null;
    trouble = words;
    if (begins) {
      failures++;
    }
    return begins;
  }

  void onWell() {
    trouble = null;
  }
}
