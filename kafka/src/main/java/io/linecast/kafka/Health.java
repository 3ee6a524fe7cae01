package io.linecast.kafka;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether lines can be kept. Safe from any thread. */
final class Health {

  /** Who finds out that there is trouble; each says itself when it is gone. */
  enum Source {
    /** The topic is another one: nothing is written or heard any more until a restart. */
    ENDED,
    /** Its channels are others; only a restart helps. */
    TOPIC,
    /** Kafka does not answer. */
    WATCH,
    /** Lines could not be written. */
    SENDING,
    /** Lines could not be read back. */
    HEARING
  }

  /** In the order of what helps most to know. */
  private final Map<Source, String> troubles = new EnumMap<>(Source.class);

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

  /** There is trouble; returns whether it has just begun. */
  synchronized boolean onTrouble(Source source, String words) {
    troubles.put(source, words);
    return update();
  }

  /** Returns whether all trouble has just ended. */
  boolean onWell(Source source) {
    return trouble != null && end(source); // each line that is written says so: no lock
  }

  private synchronized boolean end(Source source) {
    if (troubles.remove(source) == null) {
      return false;
    }
    update();
    return trouble == null;
  }

  synchronized boolean has(Source source) {
    return troubles.containsKey(source);
  }

  /** With the lock. */
  @SuppressWarnings("NonAtomicVolatileUpdate")
  private boolean update() {
    boolean wasWell = trouble == null;
    trouble = troubles.values().stream().findFirst().orElse(null);
    boolean begins = wasWell && trouble != null;
    if (begins) {
      failures++;
    }
    return begins;
  }
}
