package io.linecast.core;

import java.util.ArrayList;
import java.util.List;

/** Clients of one channel on one loop, all with sockets that take everything. */
final class Crowd {

  private static final long WINDOW_BYTES = 64 << 20;
  private static final int LARGEST_RUN_BYTES = 64 * 1024;

  private final TurnLoop loop = new TurnLoop();
  private final LineChannel channel;
  private final TakingSink sink = new TakingSink();
  private final List<Subscriber> subscribers = new ArrayList<>();

  Crowd(int size) {
    Feed feed = new Feed(WINDOW_BYTES, LARGEST_RUN_BYTES);
    Pace pace = new Pace(WINDOW_BYTES, SlowPolicy.DISCONNECT);
    channel =
        new LineChannel("crowd", feed, new MemoryJournal(), pace, List.of(loop), List.<Loop>of());
    Sweep sweep = channel.sweeps().getFirst();
    for (int i = 0; i < size; i++) {
      subscribers.add(channel.join(sweep, sink, 0));
    }
    loop.runAll();
  }

  LineChannel channel() {
    return channel;
  }

  List<Subscriber> subscribers() {
    return subscribers;
  }

  /** Lets the sweep go around until everybody has everything. */
  void sweep() {
    loop.runAll();
  }

  /** Bytes that the sockets took, of all clients. */
  long bytes() {
    return sink.bytes();
  }

  void close() {
    channel.close();
  }
}
