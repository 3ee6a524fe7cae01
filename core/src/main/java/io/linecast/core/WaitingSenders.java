package io.linecast.core;

import java.util.ArrayDeque;

/** What to do for the senders on one loop who wait for the channel. Owned by that loop. */
final class WaitingSenders {

  private final Sweep sweep;
  private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();

  WaitingSenders(Sweep sweep) {
    this.sweep = sweep;
  }

  /** A sender on this loop waits until the channel takes lines again. */
  void add(Runnable resume) {
    waiting.add(resume);
  }

  /** A sender waits no longer, if it does. */
  void remove(Runnable resume) {
    waiting.remove(resume);
  }

  /**
   * Lets the senders who wait on this loop go on, once it has looked at its sockets: a client that
   * has room again must not be lapped because senders were quicker to be told. From any thread.
   */
  void releaseSoon() {
    sweep.loop().execute(() -> sweep.loop().executeAfterIo(this::release));
  }

  private void release() {
    int left = waiting.size();
    try {
      for (; left > 0 && !waiting.isEmpty(); left--) {
        waiting.remove().run();
      }
    } finally {
      if (left > 1 && !waiting.isEmpty()) {
        // One has failed; that must not keep the others waiting.
        releaseSoon();
      }
    }
  }
}
