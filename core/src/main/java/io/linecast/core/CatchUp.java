package io.linecast.core;

import java.util.ArrayDeque;

/**
 * Serves those of a sweep's clients who hear lines from the journal, as these come: beside the
 * revolutions, which never wait for them, and a little at a time, so that whoever hears what has
 * just been accepted has his turn in between. Owned by the sweep's loop.
 */
final class CatchUp {

  /** About how much is written before the loop is given back. */
  private static final long STEP_BYTES = 1 << 20;

  private final Sweep sweep;

  /** Those who may be written to; each once. */
  private final ArrayDeque<Latecomer> ready = new ArrayDeque<>();

  private final Runnable step = this::step;
  private boolean scheduled;

  CatchUp(Sweep sweep) {
    this.sweep = sweep;
  }

  /** Somebody can go on: there is something to write to it, or it may be over. */
  void add(Latecomer client) {
    if (client.joinsCatchUp()) {
      ready.add(client);
      schedule();
    }
  }

  private void schedule() {
    if (!scheduled) {
      scheduled = true;
      sweep.loop().executeAfterIo(step);
    }
  }

  /** Goes on even if a visit failed: a fault costs one client. */
  private void step() {
    scheduled = false;
    try {
      long bytes = 0;
      for (int left = ready.size(); left > 0 && bytes < STEP_BYTES; left--) {
        bytes += visit(ready.remove());
      }
    } finally {
      if (!ready.isEmpty()) {
        schedule();
      }
    }
  }

  private long visit(Latecomer client) {
    boolean done = false;
    try {
      long bytes = client.catchUp();
      done = true;
      return bytes;
    } finally {
      if (!done) {
        client.onFault();
      }
    }
  }
}
