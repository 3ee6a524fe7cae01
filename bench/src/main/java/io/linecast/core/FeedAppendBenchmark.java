package io.linecast.core;

import io.linecast.bench.SampleLines;
import io.linecast.bench.Tally;
import java.nio.ByteBuffer;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Taking lines in, in runs as a read brings them: the copy alone, and all that a channel does for
 * it. On the shipped kind of memory and window, so segments are mapped and given back meanwhile.
 */
@State(Scope.Thread)
public class FeedAppendBenchmark {

  private static final long WINDOW_BYTES = 64 << 20;
  private static final int LINE_BYTES = 20;
  private static final int LARGEST_RUN_BYTES = 64 * 1024;

  /** Lines of 20 bytes in a run. */
  @Param({"1", "10", "100"})
  public int runLines;

  private Feed feed;
  private LineChannel channel;
  private ByteBuffer run;

  /** A feed, and a channel without clients. */
  @Setup
  public void open() {
    run = SampleLines.direct(runLines, LINE_BYTES);
    feed = new Feed(WINDOW_BYTES, LARGEST_RUN_BYTES);
    Feed ofChannel = new Feed(WINDOW_BYTES, LARGEST_RUN_BYTES);
    Pace pace = new Pace(WINDOW_BYTES, SlowPolicy.DISCONNECT);
    channel =
        new LineChannel(
            "publish", ofChannel, new MemoryJournal(), pace, List.<Loop>of(), List.<Loop>of());
  }

  /** Gives the memory back. */
  @TearDown
  public void close() {
    feed.close();
    channel.close();
  }

  /** The copy, the sparse index, and the head. */
  @Benchmark
  public long append(Tally tally) {
    tally.lines += runLines;
    long start = feed.append(run, runLines);
    feed.publish();
    return start;
  }

  /** All of it: the append section, the numbers, the counters. */
  @Benchmark
  public Receipt publish(Tally tally) {
    tally.lines += runLines;
    return channel.publish(new Batch(null, run, runLines));
  }
}
