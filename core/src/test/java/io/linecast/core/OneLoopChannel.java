package io.linecast.core;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A channel on one loop, which gets a turn after everything that happens. */
final class OneLoopChannel {

  static final int WINDOW_BYTES = 64 * 1024;
  static final int LARGEST_RUN_BYTES = 1024;

  private final ManualLoop loop = new ManualLoop();
  private final ManualLoop observerLoop = new ManualLoop();
  private final LineChannel channel;

  OneLoopChannel(SlowPolicy policy) {
    channel =
        new LineChannel(
            "test",
            new ObservedMemory().feed(WINDOW_BYTES, LARGEST_RUN_BYTES),
            new MemoryJournal(),
            new Pace(WINDOW_BYTES, policy),
            List.of(loop),
            List.of(observerLoop));
  }

  LineChannel channel() {
    return channel;
  }

  Subscriber join(FakeSink sink, long history) {
    Subscriber subscriber = channel.join(channel.sweeps().getFirst(), sink, history);
    runLoops();
    return subscriber;
  }

  /** Publishes, and lets the loops do what there is to do. */
  void publish(@Nullable Subscriber origin, String lines) {
    channel.publish(Lines.from(origin, lines));
    runLoops();
  }

  /** Publishes lines of 1 KiB from nobody, one after the other. */
  void publishBytes(int bytes) {
    for (int i = 0; i < bytes; i += LARGEST_RUN_BYTES) {
      publish(null, Lines.ofLength(LARGEST_RUN_BYTES));
    }
  }

  void runLoops() {
    loop.runAll();
    observerLoop.runAll();
  }

  long counter(Counter counter) {
    return channel.counters().get(counter);
  }
}
