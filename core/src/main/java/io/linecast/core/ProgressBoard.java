package io.linecast.core;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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

  boolean isWatched() {
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

  /** Up to which line every one of these that says so has also dealt with it. */
  public long done(@Nullable Subscriber self) {
    long line = Long.MAX_VALUE;
    for (Sweep sweep : followed()) {
      line = Math.min(line, sweep.meter().progress().doneFor(self));
    }
    return line;
  }

  /** Where nobody follows, whoever comes later is for later lines only. */
  private List<Sweep> followed() {
    return channel.editions().all().stream()
        .filter(Edition::isFollowed)
        .flatMap(edition -> edition.sweeps().stream())
        .toList();
  }
}
