package io.linecast.server;

import io.linecast.core.CloseReason;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** How many connections there are, may be, and have been. Safe from any thread. */
final class Connections {

  private final int most;
  private final Runnable onClosed;
  private final AtomicInteger open = new AtomicInteger();
  private final Map<CloseReason, AtomicLong> closed = new EnumMap<>(CloseReason.class);
  private final Refusals refusals = new Refusals();

  /**
   * No connections yet.
   *
   * @param most how many there may be at once
   * @param onClosed called after each close, on the connection's loop
   */
  Connections(int most, Runnable onClosed) {
    this.most = most;
    this.onClosed = onClosed;
    for (CloseReason reason : CloseReason.values()) {
      closed.put(reason, new AtomicLong());
    }
  }

  /** Counts one more, unless there are as many as there may be. */
  boolean tryOpen() {
    if (open.incrementAndGet() <= most) {
      return true;
    }
    open.decrementAndGet();
    cell(CloseReason.FULL).incrementAndGet();
    refusals.add(Refusals.FULL);
    return false;
  }

  void onClosed(CloseReason reason) {
    cell(reason).incrementAndGet();
    open.decrementAndGet();
    onClosed.run();
  }

  int most() {
    return most;
  }

  int open() {
    return open.get();
  }

  int open(Wire wire) {
    return wire == Wire.HTTP ? open.get() : 0;
  }

  /** Who was not let in, and what was not done. */
  Refusals refusals() {
    return refusals;
  }

  long closed(CloseReason reason) {
    return cell(reason).get();
  }

  private AtomicLong cell(CloseReason reason) {
    return Objects.requireNonNull(closed.get(reason));
  }
}
