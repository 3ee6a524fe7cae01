package io.linecast.server;

import io.linecast.core.CloseReason;
import java.net.SocketAddress;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The connections that were closed last. Safe from any thread, without a lock: when thousands are
 * closed at once each costs one small object, and nothing is made a text of before it is asked for.
 */
final class ClosedLately {

  /** How many are remembered. */
  static final int MOST = 20;

  /**
   * One of them.
   *
   * @param number it was the how manieth
   */
  record Closed(
      long number, @Nullable SocketAddress address, Wire wire, CloseReason reason, Instant at) {}

  private final InstantSource clock;
  private final AtomicLong count = new AtomicLong();

  /** Each place goes to every {@link #MOST}th; empty until its first. */
  private final AtomicReferenceArray<@Nullable Closed> ring = new AtomicReferenceArray<>(MOST);

  ClosedLately(InstantSource clock) {
    this.clock = clock;
  }

  /** Remembers one more, and forgets one. */
  void add(@Nullable SocketAddress address, Wire wire, CloseReason reason) {
    long number = count.getAndIncrement();
    Closed closed = new Closed(number, address, wire, reason, clock.instant());
    // Whoever was overtaken by a whole round does not put a newer one out.
    ring.accumulateAndGet(
        (int) (number % MOST),
        closed,
        (before, now) -> before == null || before.number() < closed.number() ? now : before);
  }

  /** Those remembered, the last one first. */
  List<Closed> list() {
    return IntStream.range(0, MOST)
        .mapToObj(ring::get)
        .filter(Objects::nonNull)
        .map(Objects::requireNonNull)
        .sorted(Comparator.comparingLong(Closed::number).reversed())
        .toList();
  }
}
