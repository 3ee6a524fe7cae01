package io.linecast.core.event;

import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Tells the flight recorder of each revolution of one sweep. Owned by the sweep's loop.
 *
 * <p>Nothing is done for a visit: the sweep says what a step has come to, and only where a
 * revolution or the step begins or ends.
 */
public final class SweepRecorder {

  private final String channel;
  private final LongConsumer swept;
  private boolean isUnderWay;
  private long beginNanos;

  /** The revolution under way; null between two, or if nobody recorded when it began. */
  private @Nullable SweepEvent revolution;

  /** What the revolution had come to when the step began, less what the step had before it. */
  private long visits;

  private long bytes;

  /**
   * A recorder for a sweep of this channel.
   *
   * @param swept told how long each revolution took, in nanoseconds
   */
  public SweepRecorder(String channel, LongConsumer swept) {
    this.channel = channel;
    this.swept = swept;
  }

  /** A revolution begins, after so many visits and bytes of this step. Another may be under way. */
  public void begin(int stepVisits, long stepBytes, int members) {
    if (isUnderWay) {
      end(stepVisits, stepBytes, members);
    }
    isUnderWay = true;
    beginNanos = System.nanoTime();
    if (SweepEvent.PROBE.isEnabled()) {
      revolution = new SweepEvent();
      revolution.begin();
      visits = -stepVisits;
      bytes = -stepBytes;
    }
  }

  /** The step ends, and the revolution goes on in the next. */
  public void pause(int stepVisits, long stepBytes) {
    visits += stepVisits;
    bytes += stepBytes;
  }

  /** A visit has failed, and with it the step: what the revolution came to is not known. */
  public void abandon() {
    isUnderWay = false;
    revolution = null;
  }

  /** The revolution ends, if one is under way, after so many visits and bytes of this step. */
  public void end(int stepVisits, long stepBytes, int members) {
    if (isUnderWay) {
      isUnderWay = false;
      swept.accept(System.nanoTime() - beginNanos);
    }
    SweepEvent event = revolution;
    if (event != null) {
      revolution = null;
      event.channel = channel;
      event.visits = visits + stepVisits;
      event.bytes = bytes + stepBytes;
      event.members = members;
      event.commit();
    }
  }
}
