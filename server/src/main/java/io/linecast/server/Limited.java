package io.linecast.server;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How often each limit was reached; says so once a second at most. Safe from any thread. */
final class Limited {

  private static final Logger LOG = LoggerFactory.getLogger(Limited.class);

  private final Map<Limit, LongAdder> counts = new EnumMap<>(Limit.class);
  private final Map<Limit, OncePerSecond> said = new EnumMap<>(Limit.class);

  /** None was reached. */
  Limited() {
    for (Limit limit : Limit.values()) {
      counts.put(limit, new LongAdder());
      said.put(limit, new OncePerSecond(System::nanoTime));
    }
  }

  /** One was reached, and somebody else says so. */
  void count(Limit limit) {
    Objects.requireNonNull(counts.get(limit)).increment();
  }

  /** One was reached, by somebody whose address is told. */
  void reached(Limit limit, Object client) {
    count(limit);
    Objects.requireNonNull(said.get(limit))
        .happened(
            times ->
                LOG.warn(
                    "{} {}; {} time(s) since this was said last (--{})",
                    client,
                    limit.effect(),
                    times,
                    limit.flag()));
  }

  /** How often each was reached, by its flag. */
  Map<String, Long> timesByFlag() {
    Map<String, Long> times = new LinkedHashMap<>();
    for (Limit limit : Limit.values()) {
      times.put(limit.flag(), times(limit));
    }
    return times;
  }

  /** How often one was reached. */
  long times(Limit limit) {
    return Objects.requireNonNull(counts.get(limit)).sum();
  }
}
