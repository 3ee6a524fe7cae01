package io.linecast.server;

/**
 * What has come to be held for a loop's clients since it was last looked at; what is not held any
 * more is not taken off, so it is never too little. Adding costs next to nothing. Owned by its
 * loop.
 */
final class HeldGrowth {

  private long stepBytes = Long.MAX_VALUE;
  private Runnable onStep = () -> {};
  private long sinceStep;
  private boolean any;
  private boolean held;

  /** Has it said whenever so much more is held. Before there are clients. */
  void watch(long bytes, Runnable onGrown) {
    stepBytes = bytes;
    onStep = onGrown;
  }

  void add(int bytes) {
    if (bytes > 0) {
      any = true;
      sinceStep += bytes;
      if (sinceStep >= stepBytes) {
        sinceStep = 0;
        onStep.run();
      }
    }
  }

  /** Whether anything was held when that was last looked at. */
  boolean wasHeld() {
    return held;
  }

  void setHeld(boolean now) {
    held = now;
  }

  /** Whether there was any since this was asked. */
  boolean takeAny() {
    boolean taken = any;
    any = false;
    sinceStep = 0;
    return taken;
  }
}
