package io.linecast.server.web;

import java.util.concurrent.atomic.AtomicLong;

/** How much memory the bodies of all requests under way may take together. Safe from any thread. */
public final class BodyBudget {

  private final AtomicLong left;

  /** Nothing has been taken. */
  public BodyBudget(long bytes) {
    left = new AtomicLong(bytes);
  }

  /** Takes so many bytes, unless fewer are left. */
  boolean take(long bytes) {
    if (left.addAndGet(-bytes) >= 0) {
      return true;
    }
    left.addAndGet(bytes);
    return false;
  }

  void giveBack(long bytes) {
    left.addAndGet(bytes);
  }
}
