package io.linecast.client;

import org.jspecify.annotations.Nullable;

/** How far a program has dealt with what it hears. Safe from any thread. */
final class Dealt {

  private final Runnable onMore;

  /** Changed by one thread at a time; the transmitter is told of changes and looks again. */
  private volatile @Nullable Event latest;

  /**
   * Nothing is dealt with.
   *
   * @param onMore told when more is
   */
  Dealt(Runnable onMore) {
    this.onMore = onMore;
  }

  /** An event is dealt with, and all before it: so word of an earlier one changes nothing. */
  void add(Event event) {
    synchronized (this) {
      Event before = latest;
      if (before != null && isEarlier(event.after(), before.after())) {
        return;
      }
      latest = event;
    }
    onMore.run();
  }

  private static boolean isEarlier(Position one, Position other) {
    return one.epoch().equals(other.epoch()) && one.seq() < other.seq();
  }

  @Nullable Event latest() {
    return latest;
  }
}
