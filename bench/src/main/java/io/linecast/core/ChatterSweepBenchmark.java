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

/** Everybody sends a line and hears all others: one revolution goes around each one's own. */
@State(Scope.Thread)
public class ChatterSweepBenchmark {

  private static final int LINE_BYTES = 20;

  /** How many clients there are. */
  @Param({"2", "100", "4000"})
  public int clients;

  private Crowd crowd;
  private ByteBuffer run;

  /** Lets them in. */
  @Setup
  public void open() {
    crowd = new Crowd(clients);
    run = SampleLines.direct(1, LINE_BYTES);
  }

  /** Gives the memory back. */
  @TearDown
  public void close() {
    crowd.close();
  }

  /** One revolution, after everybody has sent a line. */
  @Benchmark
  public long revolution(Tally tally) {
    tally.lines += clients;
    tally.deliveries += (long) clients * (clients - 1);
    List<Subscriber> subscribers = crowd.subscribers();
    for (int i = 0; i < clients; i++) {
      crowd.channel().publish(new Batch(subscribers.get(i), run, 1));
    }
    crowd.sweep();
    return crowd.bytes();
  }
}
