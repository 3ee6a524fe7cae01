package io.linecast.server.web;

import java.util.concurrent.atomic.AtomicLong;

/** What the bodies of all requests under way may take together. Safe from any thread. */
public final class BodyBudget {

  private final long limitBytes;
  private final AtomicLong takenBytes = new AtomicLong();

  /** Nothing is taken. */
  public BodyBudget(long limitBytes) {
    this.limitBytes = limitBytes;
  }

  /** Whether so much could be taken now. */
  boolean hasRoomFor(long bytes) {
    return bytes <= limitBytes - takenBytes.get();
  }

  /** Takes so much, if there is; returns whether. */
  boolean take(long bytes) {
    if (takenBytes.addAndGet(bytes) <= limitBytes) {
      return true;
    }
    giveBack(bytes);
    return false;
  }

  void giveBack(long bytes) {
    takenBytes.addAndGet(-bytes);
  }
}
