package io.linecast.bench.tls;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.epoll.EpollSocketChannel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * One who talks, and many who listen: what a server sends on its core. Most listeners only shake
 * hands, and then count what comes; some open it and verify every byte.
 */
final class FanOut {

  private static final double MEGA = 1e6;
  private static final double NANOS = 1e9;

  private final Wire wire;
  private final int clients;
  private final int lineBytes;
  private final List<Sample> samples = new ArrayList<>();
  private final int sampleCount;

  FanOut(Wire wire, int clients, int samples, int lineBytes) {
    this.wire = wire;
    this.clients = clients;
    this.sampleCount = samples;
    this.lineBytes = lineBytes;
  }

  /** What has come so far, and how long everything took. */
  private record Look(
      long nanos, double serverSeconds, long thrownAway, long sealed, long opened) {}

  Map<String, Object> measure(ServerTime server, int warmUpSeconds, int seconds) throws Exception {
    for (int i = 0; i < sampleCount; i++) {
      Sample sample = new Sample(new Lines(lineBytes));
      samples.add(sample);
      wire.open(sample.counter(), sample);
    }
    int[] sockets = new int[clients - sampleCount];
    for (int i = 0; i < sockets.length; i++) {
      Channel listener = wire.open(null, new ChannelInboundHandlerAdapter());
      // On its loop, behind the handshake's last read: else the TLS handler may read once more, and
      // close what it cannot open.
      listener.eventLoop().submit(() -> listener.config().setAutoRead(false)).sync();
      sockets[i] = ((EpollSocketChannel) listener).fd().intValue();
    }
    Receiver receiver = new Receiver(sockets);
    Thread.ofPlatform().daemon().start(receiver);
    Talker talker = new Talker(lineBytes);
    wire.open(null, talker).pipeline().fireUserEventTriggered(talker);
    // Time is what is measured: nothing is waited for.
    Thread.sleep(warmUpSeconds * 1_000L);
    Look first = look(server, receiver);
    Thread.sleep(seconds * 1_000L);
    Look last = look(server, receiver);
    talker.stop();
    receiver.stop();
    return figures(first, last, receiver.ended() == 0);
  }

  private Look look(ServerTime server, Receiver receiver) throws Exception {
    return new Look(
        System.nanoTime(),
        server.seconds(),
        receiver.bytes(),
        sum(Sample::sealedBytes),
        sum(Sample::openedBytes));
  }

  private long sum(ToLongFunction<Sample> figure) {
    return samples.stream().mapToLong(figure).sum();
  }

  private Map<String, Object> figures(Look first, Look last, boolean allThere) {
    double seconds = (last.nanos() - first.nanos()) / NANOS;
    double opened = last.opened() - first.opened();
    double share = opened / Math.max(1, last.sealed() - first.sealed());
    double bytes = (last.thrownAway() - first.thrownAway()) * share + opened;
    double serverSeconds = last.serverSeconds() - first.serverSeconds();
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("clients", clients);
    figures.put("line_bytes", lineBytes);
    figures.put("megabytes_per_second", bytes / MEGA / seconds);
    figures.put("megabytes_per_server_second", bytes / MEGA / Math.max(1e-3, serverSeconds));
    figures.put("server_cpu_percent", 100 * serverSeconds / seconds);
    figures.put("verified_megabytes", sum(Sample::openedBytes) / MEGA);
    // Where one has left there was less to do; one that was too slow was sent away.
    figures.put(
        "clean",
        allThere && sum(Sample::faults) == 0 && samples.stream().allMatch(Sample::isThere));
    return figures;
  }
}
