package io.linecast.server;

import io.linecast.core.CloseReason;
import java.net.SocketAddress;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** How many connections there are, may be, and have been. Safe from any thread. */
final class Connections {

  private final int most;
  private final Runnable onClosed;
  private final AtomicInteger open = new AtomicInteger();
  private final Map<Wire, AtomicInteger> byWire = new EnumMap<>(Wire.class);
  private final Map<CloseReason, AtomicLong> closed = new EnumMap<>(CloseReason.class);
  private final Refusals refusals = new Refusals();
  private final Limited limited = new Limited();
  private final MemoryLevel memory;
  private final ClosedLately lately = new ClosedLately(InstantSource.system());

  /** The same, where nobody asks what is held. */
  Connections(int most, Runnable onClosed) {
    this(most, new MemoryLevel(Long.MAX_VALUE), onClosed);
  }

  /**
   * No connections yet.
   *
   * @param most how many there may be at once
   * @param memory what is held for them
   * @param onClosed called after each close, on the connection's loop
   */
  Connections(int most, MemoryLevel memory, Runnable onClosed) {
    this.most = most;
    this.memory = memory;
    this.onClosed = onClosed;
    for (Wire wire : Wire.values()) {
      byWire.put(wire, new AtomicInteger());
    }
    for (CloseReason reason : CloseReason.values()) {
      closed.put(reason, new AtomicLong());
    }
  }

  /**
   * Counts one more, unless there are as many as there may be.
   *
   * @param wire as which it begins
   */
  boolean tryOpen(Wire wire) {
    if (open.incrementAndGet() <= most) {
      cell(wire).incrementAndGet();
      return true;
    }
    open.decrementAndGet();
    cell(CloseReason.FULL).incrementAndGet();
    refusals.add(Refusals.FULL);
    limited.count(Limit.MAX_CONNECTIONS);
    return false;
  }

  /** One speaks otherwise from now on. */
  void onChanged(Wire before, Wire now) {
    cell(now).incrementAndGet();
    cell(before).decrementAndGet();
  }

  /** One has closed. */
  void onClosed(Wire wire, @Nullable SocketAddress address, CloseReason reason) {
    lately.add(address, wire, reason);
    onAnswered(wire, reason);
  }

  /** One has closed of which there is nothing to tell: it was only there to be answered. */
  void onAnswered(Wire wire, CloseReason reason) {
    cell(reason).incrementAndGet();
    cell(wire).decrementAndGet();
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
    return cell(wire).get();
  }

  /** Who was not let in, and what was not done. */
  Refusals refusals() {
    return refusals;
  }

  /** How often limits were reached. */
  Limited limited() {
    return limited;
  }

  /** What is held for them. */
  MemoryLevel memory() {
    return memory;
  }

  /** Those that were closed last. */
  ClosedLately lately() {
    return lately;
  }

  long closed(CloseReason reason) {
    return cell(reason).get();
  }

  private AtomicInteger cell(Wire wire) {
    return Objects.requireNonNull(byWire.get(wire));
  }

  private AtomicLong cell(CloseReason reason) {
    return Objects.requireNonNull(closed.get(reason));
  }
}
