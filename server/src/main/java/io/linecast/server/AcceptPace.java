package io.linecast.server;

import io.linecast.server.limit.Handshakes;
import io.linecast.server.limit.Rate;
import io.linecast.server.limit.SharedBucket;
import java.util.concurrent.TimeUnit;

/**
 * How fast all TCP ports of a server accept connections: whoever comes when there are too many
 * waits in the system's queue, and those who are there are served meanwhile. Safe from any thread.
 *
 * <p>Unix sockets are not of them: who comes by one is trusted with the machine anyway, and is to
 * get in when a crowd comes by the others.
 */
final class AcceptPace {

  /** What has come until then is accepted together: a timer for each would cost more. */
  private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  private final SharedBucket accepts;
  private final Handshakes handshakes;
  private final boolean isLimited;
  private final Limited limited;

  AcceptPace(LimitOptions options, Limited limited) {
    long now = System.nanoTime();
    this.accepts = new SharedBucket(Rate.withQuarter(options.acceptRate()), now);
    this.handshakes = new Handshakes(options.maxHandshakes(), now);
    this.isLimited = options.acceptRate() > 0 || options.maxHandshakes() > 0;
    this.limited = limited;
  }

  /** Those at work: whoever does handshakes says when one begins to cost something, and ends. */
  Handshakes handshakes() {
    return handshakes;
  }

  /** One that was accepted is refused for its address: the others' share is not to pay for it. */
  void onRefused() {
    accepts.giveBack();
  }

  /**
   * A connection was accepted.
   *
   * @param port where
   * @param secure whether that is a port that speaks TLS: the others wait for no handshakes
   * @return how long to accept no further one; 0: one may
   */
  long onAccepted(Object port, boolean secure) {
    if (!isLimited) {
      return 0;
    }
    long now = System.nanoTime();
    accepts.take(now);
    Limit reached = null;
    if (accepts.waitNanos(now) > 0) {
      reached = Limit.ACCEPT_RATE;
    } else if (secure && handshakes.isFull(now)) {
      reached = Limit.MAX_HANDSHAKES;
    }
    if (reached == null) {
      return 0;
    }
    limited.reached(reached, port);
    return waitNanos(secure);
  }

  /** How long to accept none on such a port; 0 if one may be accepted now. */
  long waitNanos(boolean secure) {
    long now = System.nanoTime();
    long wait = accepts.waitNanos(now);
    return wait > 0 || (secure && handshakes.isFull(now)) ? Math.max(wait, STEP_NANOS) : 0;
  }
}
