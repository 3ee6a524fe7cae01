package io.linecast.server;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands before a listening channel's acceptor and sees to it that the server goes on when the
 * process has no file descriptor left: it stops looking for clients, says so once, and looks again
 * when one has left, or after a second. (A listening socket that cannot be accepted from stays
 * readable: looking on would be a spin.) And that clients who come all at once are let in at a
 * pace.
 *
 * <p>Owned by the listening channel's loop, but for {@link #onConnectionClosed}.
 */
@ChannelHandler.Sharable
final class Acceptor extends ChannelInboundHandlerAdapter {

  private static final Logger LOG = LoggerFactory.getLogger(Acceptor.class);
  private static final long RETRY_MILLIS = 1_000;

  /** After so long without a failure it is over; until then clients come and go at the limit. */
  private static final long CALM_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final Channel listening;
  private final Object where;
  private final @Nullable AcceptPace pace;
  private final boolean secure;

  /** Whether it waits because of the pace. */
  private boolean paced;

  private boolean saidSo;
  private long lastFailureNanos;

  /** Whether it waits for a descriptor. Volatile: whoever closes a connection looks at it. */
  private volatile boolean waiting;

  /**
   * Looks for clients.
   *
   * @param where it listens: Netty does not know it of a unix socket
   * @param pace null: as fast as they come
   * @param secure whether clients speak TLS
   */
  Acceptor(Channel listening, Object where, @Nullable AcceptPace pace, boolean secure) {
    this.listening = listening;
    this.where = where;
    this.pace = pace;
    this.secure = secure;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object accepted) {
    if (saidSo && System.nanoTime() - lastFailureNanos > CALM_NANOS) {
      saidSo = false;
      LOG.info("{} accepts clients again", where);
    }
    if (pace != null) {
      // Before the connection is handed on, which may be refused and give it back.
      keepPace(pace, (Channel) accepted);
    }
    ctx.fireChannelRead(accepted);
  }

  private void keepPace(AcceptPace of, Channel accepted) {
    long wait = of.onAccepted(accepted, where, secure);
    if (wait > 0 && !paced) {
      paced = true;
      listening.config().setAutoRead(false);
      lookAtPaceIn(wait, of);
    }
  }

  private void lookAtPaceIn(long nanos, AcceptPace of) {
    listening.eventLoop().schedule(() -> lookAtPace(of), nanos, TimeUnit.NANOSECONDS);
  }

  private void lookAtPace(AcceptPace of) {
    long wait = of.waitNanos(secure);
    if (wait > 0) {
      lookAtPaceIn(wait, of);
    } else {
      paced = false;
      goOn();
    }
  }

  private void goOn() {
    if (!waiting && !paced) {
      listening.config().setAutoRead(true);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (!(cause instanceof IOException)) {
      LOG.error("{}: a fault while accepting", where, cause);
      return;
    }
    listening.config().setAutoRead(false);
    waiting = true;
    lastFailureNanos = System.nanoTime();
    if (!saidSo) {
      saidSo = true;
      LOG.warn(
          "{} cannot accept more clients, those it has are served on; it tries again as they leave."
              + " Most likely the process is out of file descriptors (ulimit -n): {}",
          where,
          cause.getMessage());
    }
    listening.eventLoop().schedule(this::acceptAgain, RETRY_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** A descriptor has become free. From any thread. */
  void onConnectionClosed() {
    if (waiting) {
      listening.eventLoop().execute(this::acceptAgain);
    }
  }

  private void acceptAgain() {
    if (waiting) {
      waiting = false;
      goOn();
    }
  }
}
