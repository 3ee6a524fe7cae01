package io.linecast.kafka;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which of a partition's records say again what an earlier one has said: a server sends a line
 * again when it does not know whether it has been written, and a publisher may say a number again
 * at another server. All servers look at the same records in the same order, so they agree.
 *
 * <p>Remembers those who wrote last. Its owner's thread only.
 */
final class Repetitions {

  private static final int MOST_NODES = 4_096;
  private static final int MOST_PUBLISHERS = 65_536;

  private final Map<String, Long> sequences = newest(MOST_NODES);
  private final Map<String, Long> numbers = newest(MOST_PUBLISHERS);

  private static Map<String, Long> newest(int most) {
    return new LinkedHashMap<>(16, 0.75f, true) {
      private static final long serialVersionUID = 1L;

      @Override
      protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
        return size() > most;
      }
    };
  }

  /** Whether a record, which comes after all others it was asked of, is new. */
  boolean isNew(LineRecord written) {
    if (!written.isOurs()) {
      return true;
    }
    if (isOld(sequences, written.node(), written.sequence())) {
      return false;
    }
    sequences.put(written.node(), written.sequence());
    if (!written.isNumbered()) {
      return true;
    }
    if (isOld(numbers, written.publisher(), written.number())) {
      return false;
    }
    numbers.put(written.publisher(), written.number());
    return true;
  }

  private static boolean isOld(Map<String, Long> highest, String name, long number) {
    Long before = highest.get(name);
    return before != null && number <= before;
  }
}
