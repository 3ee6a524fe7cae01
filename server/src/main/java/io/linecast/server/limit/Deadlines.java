package io.linecast.server.limit;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Those who have the same time for something, each from when it began: a queue, because whoever
 * came first is late first. Who is done, or gone, is not in it any more. One thread's own.
 *
 * @param <C> who
 */
public final class Deadlines<C> {

  private final long timeNanos;
  private final Map<C, Long> due = new LinkedHashMap<>();

  /** Nobody is waited for. */
  public Deadlines(long timeNanos) {
    this.timeNanos = timeNanos;
  }

  /** The time of one begins, unless it has begun already. */
  public void begin(C who, long nowNanos) {
    due.putIfAbsent(who, nowNanos + timeNanos);
  }

  /** One has done it, or is gone. */
  public void end(C who) {
    due.remove(who);
  }

  /** Whether nobody is waited for. */
  public boolean isEmpty() {
    return due.isEmpty();
  }

  /** How long until the next is late; 0 if one is. Somebody must be waited for. */
  public long nextNanos(long nowNanos) {
    return Math.max(0, due.values().iterator().next() - nowNanos);
  }

  /** Lets go of all who are late, and hands them on. */
  public void takeLate(long nowNanos, Consumer<C> action) {
    Map<C, Long> late = new LinkedHashMap<>();
    Iterator<Map.Entry<C, Long>> first = due.entrySet().iterator();
    while (first.hasNext()) {
      Map.Entry<C, Long> entry = first.next();
      if (entry.getValue() - nowNanos > 0) {
        break;
      }
      late.put(entry.getKey(), entry.getValue());
      first.remove();
    }
    late.keySet().forEach(action);
  }
}
