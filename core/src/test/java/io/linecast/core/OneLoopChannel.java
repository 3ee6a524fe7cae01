package io.linecast.core;

import io.linecast.protocol.From;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A channel on one loop, which gets a turn after everything that happens. */
final class OneLoopChannel {

  static final int WINDOW_BYTES = 64 * 1024;
  static final int LARGEST_RUN_BYTES = 1024;

  private final ManualLoop loop = new ManualLoop();
  private final ManualLoop observerLoop = new ManualLoop();
  private final ObservedMemory memory = new ObservedMemory();
  private final LineChannel channel;

  private final ManualReaders readers = new ManualReaders();
  private final Archive archive;

  OneLoopChannel(SlowPolicy policy) {
    this(policy, new MemoryJournal());
  }

  OneLoopChannel(SlowPolicy policy, Journal journal) {
    this(policy, journal, Archive.DEFAULT_BYTES);
  }

  /** A channel whose journal may keep lines; what is read of them may have so many bytes. */
  OneLoopChannel(SlowPolicy policy, Journal journal, long archiveBytes) {
    archive = new Archive(readers, 2, archiveBytes);
    channel =
        new LineChannel(
            "test",
            memory.feed(WINDOW_BYTES, LARGEST_RUN_BYTES),
            journal,
            new Pace(WINDOW_BYTES, policy),
            List.of(loop),
            List.of(observerLoop),
            LineChannel.DEFAULT_PUBLISHERS,
            ServingTimes.NONE,
            archive);
  }

  Archive archive() {
    return archive;
  }

  ManualReaders readers() {
    return readers;
  }

  ManualLoop loop() {
    return loop;
  }

  LineChannel channel() {
    return channel;
  }

  Subscriber join(FakeSink sink, long history) {
    Subscriber subscriber = channel.join(channel.sweeps().getFirst(), sink, history);
    runLoops();
    return subscriber;
  }

  /** Lets somebody in who is acknowledged and has no name. */
  Subscriber arrive(FakeSink sink, From from) {
    Arrival.Wish wish = new Arrival.Wish(from, Optional.empty(), Optional.empty());
    return arrive(sink, wish, new FakeHolder()).subscriber().orElseThrow();
  }

  /** Lets somebody in who is acknowledged. */
  Arrival arrive(FakeSink sink, Arrival.Wish wish, Publisher.Holder holder) {
    Arrival arrival = channel.arrive(wish, 0, Optional.of(sink), holder);
    runLoops();
    return arrival;
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

  /** Lets loops and readers do what there is to do. */
  void runAll() {
    do {
      runLoops();
    } while (readers.runOne());
  }

  /** Where its plain lines are. */
  ObservedMemory memory() {
    return memory;
  }

  /** Memory that the numbered edition takes. */
  long numberedMemoryBytes() {
    return memory.sibling().orElseThrow().takenBytes();
  }

  long counter(Counter counter) {
    return channel.counters().get(counter);
  }
}
