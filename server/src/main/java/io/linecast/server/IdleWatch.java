package io.linecast.server;

import io.linecast.core.LineChannel;
import io.linecast.core.Subscriber;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.TimeUnit;

/** Closes a loop's plain connections without traffic, now and then. Owned by that loop. */
final class IdleWatch {

  private final ServerLoop loop;
  private final Collection<LineChannel> channels;
  private final Duration timeout;

  IdleWatch(ServerLoop loop, Collection<LineChannel> channels, Duration timeout) {
    this.loop = loop;
    this.channels = channels;
    this.timeout = timeout;
  }

  /** Begins, a while from now. From any thread. */
  void start() {
    long interval = Math.max(1, timeout.toNanos() / 4);
    loop.eventLoop().scheduleWithFixedDelay(this::look, interval, interval, TimeUnit.NANOSECONDS);
  }

  private void look() {
    long now = System.nanoTime();
    for (LineChannel channel : channels) {
      channel.sweeps().get(loop.index()).forEach(client -> closeIfIdle(client, now));
    }
  }

  private static void closeIfIdle(Subscriber client, long nowNanos) {
    if (client.sink() instanceof PlainConnection plain) {
      ClientFault.contain(plain, () -> plain.closeIfIdle(nowNanos));
    }
  }
}
