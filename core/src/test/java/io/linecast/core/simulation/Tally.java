package io.linecast.core.simulation;

import io.linecast.core.Counter;
import java.util.EnumMap;
import java.util.Map;

/** What has happened in all worlds together. */
final class Tally {

  private final Map<Counter, Long> counters = new EnumMap<>(Counter.class);
  private final Map<Occasion, Long> occasions = new EnumMap<>(Occasion.class);

  void add(SimulatedChannel channel) {
    for (Counter counter : Counter.values()) {
      counters.merge(counter, channel.counter(counter), Long::sum);
    }
    if (channel.past().isUsed()) {
      channel.attendance().note(Occasion.RECALLED);
    }
    for (Occasion occasion : Occasion.values()) {
      occasions.merge(occasion, channel.attendance().times(occasion), Long::sum);
    }
  }

  Map<Counter, Long> counters() {
    return counters;
  }

  Map<Occasion, Long> occasions() {
    return occasions;
  }
}
