package io.linecast.server;

import io.linecast.server.limit.Handshakes;
import io.linecast.server.limit.Rate;
import io.linecast.server.limit.SharedBucket;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.util.AttributeKey;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How fast all TCP ports of a server accept connections: whoever comes when there are too many
 * waits in the system's queue, and those who are there are served meanwhile. Safe from any thread.
 *
 * <p>Unix sockets are not of them: who comes by one is trusted with the machine anyway, and is to
 * get in when a crowd comes by the others.
 */
final class AcceptPace {

  private static final AttributeKey<Counted> HANDSHAKE =
      AttributeKey.valueOf(AcceptPace.class, "handshake");

  /** What has come until then is accepted together: a timer for each would cost more. */
  private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  private final SharedBucket accepts;
  private final Handshakes handshakes;
  private final boolean isLimited;
  private final Limited limited;
  private final LongSupplier clock;

  /** A handshake that counts until this is told that it is over. */
  private record Counted(Handshakes.Handshake begun, LongSupplier clock)
      implements ChannelFutureListener {

    @Override
    public void operationComplete(ChannelFuture closed) {
      end();
    }

    void end() {
      begun.end(clock.getAsLong());
    }
  }

  /**
   * Nobody has come.
   *
   * @param clock the time in nanoseconds, as {@link System#nanoTime} has it
   */
  AcceptPace(LimitOptions options, Limited limited, LongSupplier clock) {
    long now = clock.getAsLong();
    this.clock = clock;
    this.accepts = new SharedBucket(Rate.withQuarter(options.acceptRate()), now);
    this.handshakes = new Handshakes(options.maxHandshakes(), now);
    this.isLimited = options.acceptRate() > 0 || options.maxHandshakes() > 0;
    this.limited = limited;
  }

  /**
   * A handshake counts from when the connection was accepted, and not from when its loop takes it
   * up: a crowd is accepted faster than loops begin.
   */
  private void countHandshake(Channel accepted, long now) {
    Counted begun = new Counted(handshakes.begin(now), clock);
    accepted.attr(HANDSHAKE).set(begun);
    accepted.closeFuture().addListener(begun);
  }

  /** The handshake of a connection is over, whatever came of it; closing the connection ends it. */
  static void endHandshake(Channel accepted) {
    Counted begun = accepted.attr(HANDSHAKE).getAndSet(null);
    if (begun != null) {
      begun.end();
    }
  }

  /** One that was accepted is refused for its address: the others' share is not to pay for it. */
  void onRefused() {
    accepts.giveBack();
  }

  /**
   * A connection was accepted.
   *
   * @param accepted the connection
   * @param port where
   * @param secure whether that is a port that speaks TLS: the others wait for no handshakes
   * @return how long to accept no further one; 0: one may
   */
  long onAccepted(Channel accepted, Object port, boolean secure) {
    if (!isLimited) {
      return 0;
    }
    long now = clock.getAsLong();
    accepts.take(now);
    if (secure) {
      countHandshake(accepted, now);
    }
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
    long now = clock.getAsLong();
    long wait = accepts.waitNanos(now);
    return wait > 0 || (secure && handshakes.isFull(now)) ? Math.max(wait, STEP_NANOS) : 0;
  }
}
