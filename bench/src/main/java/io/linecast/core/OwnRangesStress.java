package io.linecast.core;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/**
 * A client's own range is known to its loop before that loop sees a head that covers it, whichever
 * of two senders moved the head. A client that hears its own line saw the head first.
 *
 * <p>Shows at once when the range is handed to the loop as a task, behind the head.
 */
@JCStressTest
@Outcome(id = "b , a ", expect = Expect.ACCEPTABLE, desc = "Each heard the other, once.")
@Outcome(expect = Expect.FORBIDDEN, desc = "A line of one's own, or one missing, torn or twice.")
@State
public class OwnRangesStress extends StressChannel {

  private final HearingSink heardByA = new HearingSink();
  private final HearingSink heardByB = new HearingSink();
  private final Subscriber a = channel.join(first, heardByA, 0);
  private final Subscriber b = channel.join(second, heardByB, 0);

  /** The first loop: a client of it sends, and it sweeps. */
  @Actor
  public void first() {
    publish(a, "a\n");
    firstLoop.runAll();
  }

  /** The second loop: the same. */
  @Actor
  public void second() {
    publish(b, "b\n");
    secondLoop.runAll();
  }

  /** What was heard in the end. */
  @Arbiter
  public void heard(LL_Result result) {
    settle();
    result.r1 = heardByA.heard();
    result.r2 = heardByB.heard();
  }
}
