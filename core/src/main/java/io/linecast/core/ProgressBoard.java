package io.linecast.core;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Who waits until lines have been written to everybody, or dealt with by everybody, and how far
 * that has come. While nobody waits it costs a sweep one look at the set for each revolution, and a
 * delivery nothing. Safe from any thread.
 */
public final class ProgressBoard {

  /** Somebody who waits. */
  @FunctionalInterface
  public interface Waiter {

    /** There may be progress. On any thread; returns at once. */
    void onProgress();
  }

  private final LineChannel channel;
  private final Set<Waiter> waiters = ConcurrentHashMap.newKeySet();

  /** Behind this line nothing will be done any more. */
  private final AtomicLong undoneBehind = new AtomicLong(Long.MAX_VALUE);

  ProgressBoard(LineChannel channel) {
    this.channel = channel;
  }

  /** Begins to wait. Told at once, and whenever there is progress, until it is removed. */
  public void add(Waiter waiter) {
    if (waiters.add(waiter)) {
      for (Edition edition : channel.editions().all()) {
        edition.sweeps().forEach(sweep -> sweep.meter().lookSoon());
      }
    }
  }

  /** Waits no more. */
  public void remove(Waiter waiter) {
    waiters.remove(waiter);
  }

  /** Whether anybody waits. */
  public boolean isWatched() {
    return !waiters.isEmpty();
  }

  /** A sweep has looked anew. On its loop. */
  void onProgress() {
    waiters.forEach(Waiter::onProgress);
  }

  /**
   * Up to which line every client that was here when it was accepted, and still is, has had its
   * bytes handed to its socket.
   *
   * @param self who asks, and is not meant; null if he follows nothing
   */
  public long written(@Nullable Subscriber self) {
    long line = Long.MAX_VALUE;
    for (Sweep sweep : followed()) {
      line = Math.min(line, sweep.meter().progress().writtenFor(self));
    }
    return line;
  }

  /**
   * Somebody who was sent away, because the server stops, has left, and was done with lines up to
   * this one only. On its loop, while it is still looked at.
   */
  void leaveUndone(long line) {
    if (line < undoneBehind.getAndAccumulate(line, Math::min)) {
      onProgress();
    }
  }

  /** Lines behind this one will never be done, because those who were to hear them have left. */
  public long undoneBehind() {
    return undoneBehind.get();
  }

  /** Up to which line every one of these that says so has also dealt with it. */
  public long done(@Nullable Subscriber self) {
    long line = Long.MAX_VALUE;
    for (Sweep sweep : followed()) {
      line = Math.min(line, sweep.meter().progress().doneFor(self));
    }
    // Looked at last: whoever is no longer looked at above has left this behind.
    return Math.min(line, undoneBehind());
  }

  /** Where nobody follows, whoever comes later is for later lines only. */
  private List<Sweep> followed() {
    return channel.editions().all().stream()
        .filter(Edition::isFollowed)
        .flatMap(edition -> edition.sweeps().stream())
        .toList();
  }
}
