package io.linecast.core;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * A sender finds that it is to wait and queues itself, just as another loop releases all who wait:
 * it is among them, or sees that it is released.
 *
 * <p>Shows on x86-64 when the sender does not look once more after it has queued.
 */
@JCStressTest
@Outcome(id = "0, 1", expect = Expect.ACCEPTABLE, desc = "Released before it looked.")
@Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "It waited, and was resumed once.")
@Outcome(id = "1, 0", expect = Expect.FORBIDDEN, desc = "It waits for ever.")
@Outcome(expect = Expect.FORBIDDEN, desc = "It was resumed more than once.")
@State
public class AwaitedReleaseStress extends StressChannel {

  private static final String LINE = "x".repeat(WINDOW_BYTES / 4) + "\n";

  private int waited;
  private int resumed;

  /** One loop is late, and senders are held for it. */
  @SuppressWarnings("this-escape")
  public AwaitedReleaseStress() {
    publish(null, LINE);
    firstLoop.runAll();
  }

  /** The sender's loop, which does what else there is between the look and the queueing. */
  @Actor
  public void send() {
    boolean held = channel.holdsSenders();
    firstLoop.runAll();
    if (held) {
      waited = 1;
      channel.awaitRelease(first, () -> resumed++);
    } else {
      resumed++;
    }
  }

  /** The loop that was late and catches up. */
  @Actor
  public void sweep() {
    secondLoop.runAll();
  }

  /** Whether the sender goes on once both loops have nothing to do. */
  @Arbiter
  public void sent(II_Result result) {
    settle();
    result.r1 = waited;
    result.r2 = resumed;
  }
}
