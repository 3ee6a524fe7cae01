package io.linecast.core;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * A publisher finds a loop late and holds the senders, just as that loop catches up and looks
 * whether any are held: one of them sees the other, or senders wait for ever.
 *
 * <p>Shows on x86-64 when the publisher does not look once more after it has said that they are
 * held.
 */
@JCStressTest
@Outcome(id = "0, 0", expect = Expect.ACCEPTABLE, desc = "The loop was quick: nobody was held.")
@Outcome(id = "1, 0", expect = Expect.ACCEPTABLE, desc = "Held, and released.")
@Outcome(id = "1, 1", expect = Expect.FORBIDDEN, desc = "Held for ever.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Held without being counted, or more than once.")
@State
public class ForgottenHoldStress extends StressChannel {

  private static final String LINE = "x".repeat(WINDOW_BYTES / 8 - 1) + "\n";

  /** As far behind as the loop may be: the next line is too much. */
  @SuppressWarnings("this-escape")
  public ForgottenHoldStress() {
    super(1);
    publish(null, LINE);
    publish(null, LINE);
  }

  /** A thread of the program's own, whose loop will not look again as a client's would. */
  @Actor
  public void publish() {
    publish(null, "1\n");
  }

  /** The loop that is late. */
  @Actor
  public void sweep() {
    secondLoop.runAll();
  }

  /** What is left when the loop has nothing to do. */
  @Arbiter
  public void held(II_Result result) {
    settle();
    result.r1 = (int) channel.counters().get(Counter.OVERLOADS);
    result.r2 = channel.holdsSenders() ? 1 : 0;
  }
}
