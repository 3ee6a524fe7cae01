package io.linecast.server;

import io.linecast.core.LineChannel;
import io.linecast.core.Subscriber;
import java.util.Collection;
import java.util.concurrent.TimeUnit;

/**
 * What looks after a loop's clients now and then: closes the idle and breaks silences. Immutable.
 *
 * @param channels the server's
 */
record ClientTimers(ServerOptions options, Collection<LineChannel> channels) {

  /** Begins to look after those on a loop. */
  void startOn(ServerLoop loop) {
    if (!options.idleTimeout().isZero()) {
      watchIdle(loop);
    }
    if (!options.acknowledged().heartbeat().isZero()) {
      watchSilence(loop);
    }
  }

  /** Some clients at a time: the PINGs of all of them at once would keep lines waiting. */
  private void watchSilence(ServerLoop loop) {
    Roster<AckConnection> clients = loop.acknowledged();
    long interval = Heartbeat.nanosBetweenSlices(options.acknowledged().heartbeat());
    loop.eventLoop()
        .scheduleWithFixedDelay(
            () -> clients.visitSlice(client -> client.heartbeat().tick()),
            interval,
            interval,
            TimeUnit.NANOSECONDS);
  }

  private void watchIdle(ServerLoop loop) {
    long interval = Math.max(1, options.idleTimeout().toNanos() / 4);
    loop.eventLoop()
        .scheduleWithFixedDelay(
            () -> {
              long now = System.nanoTime();
              for (LineChannel channel : channels) {
                channel.sweeps().get(loop.index()).forEach(client -> closeIfIdle(client, now));
              }
            },
            interval,
            interval,
            TimeUnit.NANOSECONDS);
  }

  private static void closeIfIdle(Subscriber client, long nowNanos) {
    if (client.sink() instanceof PlainConnection plain) {
      ClientFault.contain(plain, () -> plain.closeIfIdle(nowNanos));
    }
  }
}
