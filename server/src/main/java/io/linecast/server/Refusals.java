package io.linecast.server;

import io.linecast.protocol.Code;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * How often who or what was refused, by the word that said why. Safe from any thread.
 *
 * <p>Words are the server's own, so that there are never many.
 */
final class Refusals {

  /** The word for connections that were one too many. */
  static final String FULL = "full";

  /** Reasons why a connection ends, and not why something is refused. */
  private static final Set<Code> ENDINGS = EnumSet.of(Code.SLOW, Code.IDLE, Code.QUIT);

  private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();

  /** Nothing was refused yet; what may well be is told from the start, as 0. */
  Refusals() {
    counts.put(FULL, new LongAdder());
    counts.put(ProxyStep.REFUSAL, new LongAdder());
    EnumSet.complementOf(EnumSet.copyOf(ENDINGS))
        .forEach(code -> counts.put(code.word(), new LongAdder()));
  }

  void add(String word) {
    add(word, 1);
  }

  void add(String word, long count) {
    counts.computeIfAbsent(word, first -> new LongAdder()).add(count);
  }

  /** The words there have been. */
  Set<String> words() {
    return Set.copyOf(counts.keySet());
  }

  long count(String word) {
    LongAdder count = counts.get(word);
    return count == null ? 0 : count.sum();
  }
}
