package io.linecast.core;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A channel on two loops, small enough to be made anew for every try. Each loop is run by one actor
 * alone, and by the arbiter once all actors are done.
 */
class StressChannel {

  static final int WINDOW_BYTES = 1024;
  static final int LARGEST_RUN_BYTES = 512;

  final QueueLoop firstLoop = new QueueLoop();
  final QueueLoop secondLoop = new QueueLoop();
  final LineChannel channel;
  final Sweep first;
  final Sweep second;

  /** Two loops with a sweep each. */
  StressChannel() {
    this(2);
  }

  /** Sweeps on so many of the two loops, counted from the second. */
  StressChannel(int sweeps) {
    Feed feed = new Feed(new HeapMemory(), WINDOW_BYTES, LARGEST_RUN_BYTES);
    Pace pace = new Pace(WINDOW_BYTES, SlowPolicy.DISCONNECT);
    List<QueueLoop> loops = List.of(firstLoop, secondLoop).subList(2 - sweeps, 2);
    channel =
        new LineChannel("stress", feed, new MemoryJournal(), pace, loops, List.<QueueLoop>of());
    first = channel.sweeps().getFirst();
    second = channel.sweeps().getLast();
  }

  final void publish(@Nullable Subscriber origin, String line) {
    ByteBuffer run = ByteBuffer.wrap(line.getBytes(StandardCharsets.US_ASCII));
    channel.publish(new Batch(origin, run, 1));
  }

  /** What loops would still do by themselves. Nobody but them is there to start anything. */
  final void settle() {
    while (firstLoop.runAll() || secondLoop.runAll()) {
      // Each may have given the other something to do.
    }
  }
}
