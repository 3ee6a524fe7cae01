package io.linecast.server;

import io.linecast.server.access.Peer;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.socket.DuplexChannel;
import io.netty.channel.unix.Errors.NativeIoException;
import io.netty.channel.unix.IntegerUnixChannelOption;
import io.netty.util.NetUtil;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A port that is listened on, and how its connections are set up. Immutable once bound; safe from
 * any loop.
 */
final class ListeningPort {

  private static final Logger LOG = LoggerFactory.getLogger(ListeningPort.class);
  static final int BACKLOG = 4096;
  private static final int EACCES = 13;
  private static final int EADDRINUSE = 98;
  private static final int EADDRNOTAVAIL = 99;

  /** Bounded, so that a backlog stays in the feed, where it is shared (the kernel doubles this). */
  private static final int SEND_BUFFER_BYTES = 128 * 1024;

  private static final int SMALLEST_READ_BYTES = 64;
  private static final int FIRST_READ_BYTES = 2048;

  /** A peer that is gone without a word is found after two minutes at most. */
  private static final int KEEPALIVE_IDLE_SECONDS = 60;

  private static final int KEEPALIVE_INTERVAL_SECONDS = 15;
  private static final int KEEPALIVE_PROBES = 4;

  /** Of ipv6(7), by Linux's numbers. */
  private static final ChannelOption<Integer> IPV6_V6ONLY =
      new IntegerUnixChannelOption("IPV6_V6ONLY", 41, 26);

  private final Connections connections;
  private final List<Entry.Step> steps;
  private final Entry.Entrance entrance;
  private final String portOption;
  private final Wire wire;
  private final OncePerSecond full = new OncePerSecond(System::nanoTime);

  /**
   * Listens to nothing yet.
   *
   * @param steps what each connection passes before it is let in
   * @param portOption which option chooses the port
   * @param wire as what its connections begin
   */
  ListeningPort(
      Connections connections,
      List<Entry.Step> steps,
      Entry.Entrance entrance,
      String portOption,
      Wire wire) {
    this.connections = connections;
    this.steps = steps;
    this.entrance = entrance;
    this.portOption = portOption;
    this.wire = wire;
  }

  /**
   * Begins to listen.
   *
   * @param loops which loop is an event loop's
   * @param ipv6Only whether {@code ::} must not take IPv4 as well
   * @return the listening socket
   * @throws StartException if the port cannot be had
   */
  Channel bind(
      Transport transport,
      EventLoopGroup group,
      Map<EventLoop, ServerLoop> loops,
      InetAddress host,
      int port,
      boolean ipv6Only) {
    InetSocketAddress address = new InetSocketAddress(host, port);
    ServerBootstrap bootstrap =
        newBootstrap(group, loops)
            .channelFactory(() -> transport.newServerChannel(host))
            .handler(
                new ChannelInitializer<ServerChannel>() {
                  @Override
                  protected void initChannel(ServerChannel listening) {
                    transport.tune(listening, host);
                  }
                });
    tuneTcp(bootstrap, transport);
    if (ipv6Only) {
      bootstrap.option(IPV6_V6ONLY, 1);
    }
    ChannelFuture bound = bootstrap.bind(address).awaitUninterruptibly();
    Throwable failure = bound.cause();
    if (failure != null) {
      throw bindFailure(address, failure);
    }
    return bound.channel();
  }

  /**
   * Lets clients come by a unix socket.
   *
   * @param loops which loop is an event loop's
   * @return the listening socket
   */
  Channel serve(UnixSocketFile file, EventLoopGroup group, Map<EventLoop, ServerLoop> loops) {
    return newBootstrap(group, loops)
        .channelFactory(() -> new EpollServerDomainSocketChannel(file.descriptor(), true))
        .register()
        .syncUninterruptibly()
        .channel();
  }

  /** How clients are let in by a socket of any kind. */
  private ServerBootstrap newBootstrap(EventLoopGroup group, Map<EventLoop, ServerLoop> loops) {
    return new ServerBootstrap()
        .group(group)
        .childOption(ChannelOption.SO_SNDBUF, SEND_BUFFER_BYTES)
        .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
        .childOption(
            ChannelOption.RECVBUF_ALLOCATOR,
            // One read a turn: what the channel takes must be decided between two reads.
            new AdaptiveRecvByteBufAllocator(
                    SMALLEST_READ_BYTES, FIRST_READ_BYTES, ServerOptions.LARGEST_READ_BYTES)
                .maxMessagesPerRead(1))
        .childHandler(
            new ChannelInitializer<DuplexChannel>() {
              @Override
              protected void initChannel(DuplexChannel socket) {
                accept(socket, loops);
              }
            });
  }

  private static void tuneTcp(ServerBootstrap bootstrap, Transport transport) {
    bootstrap
        .option(ChannelOption.SO_BACKLOG, BACKLOG)
        .option(ChannelOption.SO_REUSEADDR, true)
        .childOption(ChannelOption.TCP_NODELAY, true)
        .childOption(ChannelOption.SO_KEEPALIVE, true);
    if (transport == Transport.EPOLL) {
      bootstrap
          .childOption(EpollChannelOption.TCP_KEEPIDLE, KEEPALIVE_IDLE_SECONDS)
          .childOption(EpollChannelOption.TCP_KEEPINTVL, KEEPALIVE_INTERVAL_SECONDS)
          .childOption(EpollChannelOption.TCP_KEEPCNT, KEEPALIVE_PROBES);
    }
  }

  private void accept(DuplexChannel socket, Map<EventLoop, ServerLoop> loops) {
    ServerLoop loop = loops.get(socket.eventLoop());
    if (loop == null) {
      throw new IllegalStateException("a connection on a loop that is none of the server's");
    }
    if (connections.tryOpen(wire)) {
      Entry.begin(socket, loop, wire, connections, steps, entrance);
    } else {
      SocketAddress client = Peer.addressOf(socket);
      full.happened(
          times ->
              LOG.warn(
                  "refused {} client(s), {} the last: {} connections are open, which is the most"
                      + " there may be (--max-connections, ulimit -n)",
                  times,
                  client,
                  connections.most()));
      socket.close();
    }
  }

  /** Netty and the JDK report the same failures under different types; the words are errno's. */
  private StartException bindFailure(InetSocketAddress address, Throwable failure) {
    String where = NetUtil.toSocketAddressString(address);
    String words = String.valueOf(failure.getMessage());
    int errno = failure instanceof NativeIoException e ? -e.expectedErr() : 0;
    if (errno == EADDRINUSE || words.contains("in use")) {
      return new StartException(
          StartException.Reason.PORT_IN_USE,
          "somebody else listens on " + where + "; stop it, or choose another " + portOption);
    }
    if (errno == EACCES || words.contains("ermission")) {
      return new StartException(
          StartException.Reason.NOT_PERMITTED,
          "not permitted to listen on " + where + "; ports below 1024 need a privilege");
    }
    if (errno == EADDRNOTAVAIL || words.contains("assign")) {
      return new StartException(
          StartException.Reason.NO_SUCH_ADDRESS,
          "this machine has no address " + address.getAddress().getHostAddress() + " (--bind)");
    }
    if (address.getAddress() instanceof Inet6Address && words.contains("family not supported")) {
      return new StartException(
          StartException.Reason.NO_SUCH_ADDRESS,
          "this machine has no IPv6 for " + where + " (--bind)");
    }
    throw new IllegalStateException("cannot listen on " + where, failure);
  }
}
