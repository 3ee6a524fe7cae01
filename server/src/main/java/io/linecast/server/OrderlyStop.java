package io.linecast.server;

import io.linecast.core.CloseReason;
import io.linecast.core.LineChannel;
import io.linecast.core.Subscriber;
import io.linecast.server.web.WebClient;
import io.netty.channel.Channel;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a server ends: nobody new is let in, no line is accepted any more, everybody is sent what was
 * accepted, and is closed; whoever has not read it when the time is up is cut off.
 */
final class OrderlyStop {

  private static final Logger LOG = LoggerFactory.getLogger(OrderlyStop.class);
  private static final long LOOK_AGAIN_MILLIS = 5;

  private final List<Channel> listening;
  private final Collection<LineChannel> channels;
  private final List<ServerLoop> loops;
  private final Connections connections;
  private final @Nullable LinePrinter printer;
  private final @Nullable WebPort web;

  OrderlyStop(
      List<Channel> listening,
      Collection<LineChannel> channels,
      List<ServerLoop> loops,
      Connections connections,
      @Nullable LinePrinter printer,
      @Nullable WebPort web) {
    this.listening = listening;
    this.channels = channels;
    this.loops = loops;
    this.connections = connections;
    this.printer = printer;
    this.web = web;
  }

  /** Runs the stop, for as long as {@code drain} and a moment at the most. */
  void run(Duration drain) throws InterruptedException {
    long deadline = System.nanoTime() + drain.toNanos();
    for (Channel socket : listening) {
      socket.close().sync();
    }
    channels.forEach(LineChannel::stopAccepting);
    awaitKept(deadline);
    forEachClient(
        deadline,
        (channel, client) -> channel.finish(client, CloseReason.SHUTTING_DOWN),
        client -> client.inSession(AckSession::shutDown),
        WebClient::shutDown);
    if (!awaitNobodyLeft(deadline)) {
      LOG.warn(
          "{} client(s) had not read everything after {} s and are cut off (--drain)",
          connections.open(),
          drain.toMillis() / 1000.0);
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);
      forEachClient(
          end,
          (channel, client) -> client.sink().close(CloseReason.SHUTTING_DOWN),
          client -> client.close(CloseReason.SHUTTING_DOWN),
          WebClient::cutOff);
      awaitNobodyLeft(end);
    }
    if (printer != null) {
      long left = Math.max(LOOK_AGAIN_MILLIS, (deadline - System.nanoTime()) / 1_000_000);
      if (!printer.finishWithin(Duration.ofMillis(left))) {
        LOG.warn("standard output was not read: not every line was printed (--print)");
      }
    }
  }

  /** Whatever has come is to be kept, and heard, before anybody is sent away. */
  private void awaitKept(long deadline) throws InterruptedException {
    while (!channels.stream().allMatch(LineChannel::isSettled)) {
      if (System.nanoTime() >= deadline) {
        LOG.warn(
            "not every line could be kept in time (--drain); senders were not told that it was");
        return;
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN_MILLIS);
    }
  }

  /**
   * Calls back for each client on its loop, and returns once that has been done on every loop, or
   * the deadline has passed: a loop may hang, and then nothing is to wait for it.
   */
  private void forEachClient(
      long deadline,
      BiConsumer<LineChannel, Subscriber> action,
      Consumer<AckConnection> acknowledgedAction,
      Consumer<WebClient> webAction)
      throws InterruptedException {
    CountDownLatch done = new CountDownLatch(loops.size());
    for (ServerLoop loop : loops) {
      loop.execute(
          () -> {
            try {
              List.copyOf(loop.entering()).forEach(Entry::shutDown);
              channels.forEach(channel -> forEachFollower(channel, loop, action));
              loop.acknowledged().visitAll(acknowledgedAction);
              if (web != null) {
                web.guests(loop).forEach(webAction);
              }
            } finally {
              done.countDown();
            }
          });
    }
    if (!done.await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
      LOG.warn("{} event loop(s) have not come to their clients in time", done.getCount());
    }
  }

  private static void forEachFollower(
      LineChannel channel, ServerLoop loop, BiConsumer<LineChannel, Subscriber> action) {
    channel
        .sweeps()
        .get(loop.index())
        .forEach(
            client -> ClientFault.contain(client.sink(), () -> action.accept(channel, client)));
  }

  private boolean awaitNobodyLeft(long deadline) throws InterruptedException {
    while (connections.open() > 0) {
      if (System.nanoTime() >= deadline) {
        return false;
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN_MILLIS);
    }
    return true;
  }
}
