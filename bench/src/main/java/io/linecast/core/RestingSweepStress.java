package io.linecast.core;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/**
 * A line that comes just as a sweep goes to rest: the sweep sees the head move, or the publisher
 * sees that it rests. Were neither to happen, nobody would wake it.
 *
 * <p>Shows on x86-64 when the sweep does not look at the head once more after it has said that it
 * rests.
 */
@JCStressTest
@Outcome(id = "1 2 , 1 2 ", expect = Expect.ACCEPTABLE, desc = "The sweep saw it before it rested.")
@Outcome(id = "1 , 1 2 ", expect = Expect.ACCEPTABLE, desc = "It rested, and was woken again.")
@Outcome(id = "1 , 1 ", expect = Expect.FORBIDDEN, desc = "A lost wake-up: it rests for ever.")
@Outcome(expect = Expect.FORBIDDEN, desc = "A line is missing, torn or comes twice.")
@State
public class RestingSweepStress extends StressChannel {

  private final HearingSink sink = new HearingSink();

  /** A line is out, and the sweep is about to come to rest behind it. */
  @SuppressWarnings("this-escape")
  public RestingSweepStress() {
    channel.join(first, sink, 0);
    publish(null, "1\n");
  }

  /** A sender on another loop. */
  @Actor
  public void publish() {
    publish(null, "2\n");
  }

  /** The loop of the sweep. */
  @Actor
  public void sweep(LL_Result result) {
    firstLoop.runAll();
    result.r1 = sink.heard();
  }

  /** What the loop does if it is woken, and not otherwise. */
  @Arbiter
  public void heard(LL_Result result) {
    settle();
    result.r2 = sink.heard();
  }
}
