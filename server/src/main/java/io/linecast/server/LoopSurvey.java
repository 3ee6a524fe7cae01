package io.linecast.server;

import io.linecast.core.ChannelView;
import io.linecast.core.Lag;
import io.linecast.core.Subscriber;
import io.linecast.server.ServerStatus.SlowClient;
import io.linecast.server.Slowest.Late;
import io.linecast.server.access.Peer;
import io.linecast.server.access.UnixClient;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.NetUtil;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What a loop's clients are like at a moment: one pass over them, which costs each a look at its
 * cursor. Immutable.
 *
 * @param channels of each channel, in the server's order
 * @param slowest those of its clients that are furthest behind
 */
record LoopSurvey(List<ChannelSurvey> channels, List<SlowClient> slowest) {

  /**
   * Of one channel.
   *
   * @param delivered deliveries so far, those to who has left included
   */
  record ChannelSurvey(int clients, long delivered, long lagBytesMax) {

    static final ChannelSurvey NONE = new ChannelSurvey(0, 0, 0);

    ChannelSurvey plus(ChannelSurvey other) {
      return new ChannelSurvey(
          clients + other.clients,
          delivered + other.delivered,
          Math.max(lagBytesMax, other.lagBytesMax));
    }
  }

  /** What the pass adds up. */
  private static final class Pass {
    private final Slowest<Subscriber> slowest = new Slowest<>();
    private int clients;
    private long lagBytesMax;

    void see(Subscriber client) {
      if (!client.isRetired()) {
        Lag lag = client.lag();
        clients++;
        lagBytesMax = Math.max(lagBytesMax, lag.bytes());
        slowest.add(client, lag);
      }
    }
  }

  /** Looks at a loop. On that loop. */
  static LoopSurvey of(ServerLoop loop, List<ChannelView> channels) {
    List<ChannelSurvey> surveys = new ArrayList<>();
    Pass pass = new Pass();
    for (ChannelView channel : channels) {
      pass.clients = 0;
      pass.lagBytesMax = 0;
      channel.forEachClient(loop.index(), pass::see);
      surveys.add(
          new ChannelSurvey(pass.clients, channel.deliveredBy(loop.index()), pass.lagBytesMax));
    }
    List<SlowClient> slowest =
        pass.slowest.list().stream().map(late -> describe(late, loop)).toList();
    return new LoopSurvey(surveys, slowest);
  }

  private static SlowClient describe(Late<Subscriber> late, ServerLoop loop) {
    ClientHandler client = (ClientHandler) late.client().sink();
    DuplexChannel socket = client.socket();
    OptionalLong queue = loop.writer().sendQueueBytes(socket);
    return new SlowClient(
        text(Peer.addressOf(socket)),
        client.wire().word(),
        late.client().channel().name(),
        late.lag().lines(),
        late.lag().bytes(),
        LatencyWindow.millis(late.lag().nanos()),
        queue.isPresent() ? (Long) queue.getAsLong() : null);
  }

  /** As {@code 192.0.2.1:4711}, {@code [2001:db8::1]:4711}, or what a unix client says. */
  static @Nullable String text(@Nullable SocketAddress address) {
    return switch (address) {
      case InetSocketAddress internet -> NetUtil.toSocketAddressString(internet);
      case UnixClient client -> client.toString();
      case null, default -> null;
    };
  }
}
