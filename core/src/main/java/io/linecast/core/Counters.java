package io.linecast.core;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/** One channel's counts, a cell for each {@link Counter}. Safe from any thread. */
public final class Counters {

  private final Map<Counter, AtomicLong> cells = new EnumMap<>(Counter.class);

  /** All at zero. */
  public Counters() {
    for (Counter counter : Counter.values()) {
      cells.put(counter, new AtomicLong());
    }
  }

  /** Adds to a count. */
  public void add(Counter counter, long amount) {
    cell(counter).addAndGet(amount);
  }

  /** The count so far. */
  public long get(Counter counter) {
    return cell(counter).get();
  }

  private AtomicLong cell(Counter counter) {
    return Objects.requireNonNull(cells.get(counter));
  }
}
