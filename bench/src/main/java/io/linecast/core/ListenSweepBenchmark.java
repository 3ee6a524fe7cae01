package io.linecast.core;

import io.linecast.bench.SampleLines;
import io.linecast.bench.Tally;
import java.nio.ByteBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Clients that only listen: a run of lines comes, and one revolution hands it to everybody. */
@State(Scope.Thread)
public class ListenSweepBenchmark {

  private static final int LINE_BYTES = 20;
  private static final int RUN_LINES = 10;

  /** How many clients there are. */
  @Param({"1", "100", "4000"})
  public int clients;

  private Crowd crowd;
  private ByteBuffer run;

  /** Lets them in. */
  @Setup
  public void open() {
    crowd = new Crowd(clients);
    run = SampleLines.direct(RUN_LINES, LINE_BYTES);
  }

  /** Gives the memory back. */
  @TearDown
  public void close() {
    crowd.close();
  }

  /** One revolution. */
  @Benchmark
  public long revolution(Tally tally) {
    tally.lines += RUN_LINES;
    tally.deliveries += (long) RUN_LINES * clients;
    crowd.channel().publish(new Batch(null, run, RUN_LINES));
    crowd.sweep();
    return crowd.bytes();
  }
}
