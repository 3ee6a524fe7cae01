package io.linecast.server;

import io.linecast.core.LineChannel;
import io.linecast.core.Subscriber;
import io.linecast.server.metrics.ServerMetrics;
import java.util.Collection;
import java.util.concurrent.TimeUnit;

/** Looks how far each client of a loop is behind, now and then. Owned by that loop. */
final class LagSampler {

  private static final long INTERVAL_SECONDS = 5;

  private final ServerLoop loop;
  private final Collection<LineChannel> channels;
  private final ServerMetrics metrics;

  LagSampler(ServerLoop loop, Collection<LineChannel> channels, ServerMetrics metrics) {
    this.loop = loop;
    this.channels = channels;
    this.metrics = metrics;
  }

  /** Begins, a while from now. From any thread. */
  void start() {
    loop.eventLoop().schedule(this::look, INTERVAL_SECONDS, TimeUnit.SECONDS);
  }

  private void look() {
    new Attendance(loop, channels).visit(this::sample, this::start);
  }

  private void sample(Subscriber subscriber) {
    if (!subscriber.isRetired()) {
      metrics.addLag(subscriber.channel().name(), subscriber.lag());
    }
  }
}
