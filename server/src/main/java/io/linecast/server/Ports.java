package io.linecast.server;

import io.linecast.server.LinecastServer.Listening;
import io.linecast.server.ReachOptions.UnixSocket;
import io.linecast.server.access.Network;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Everything a server listens on. Opened by the thread that starts the server; read by any after
 * that.
 */
final class Ports {

  /** Which port is free on one address may not be on another; so often another is looked for. */
  private static final int MOST_TRIES = 20;

  private final ServerOptions options;
  private final BindAddresses binds;
  private final Transport transport;
  private final EventLoopGroup group;
  private final Map<EventLoop, ServerLoop> loops;
  private final Connections connections;
  private final @Nullable ServerTls tls;
  private final AcceptPace pace;
  private final AddressLimit addresses;
  private final List<Channel> sockets = new ArrayList<>();
  private final List<Listening> lines = new ArrayList<>();
  private final List<UnixSocketFile> files = new ArrayList<>();
  private final List<InetSocketAddress> web = new ArrayList<>();

  /** Looked at by every loop, while more may still be added. */
  private final List<Acceptor> acceptors = new CopyOnWriteArrayList<>();

  /**
   * Nothing is open yet.
   *
   * @param tls null if none is spoken
   * @throws StartException if an address to listen on makes no sense
   */
  Ports(
      ServerOptions options,
      Transport transport,
      EventLoopGroup group,
      Map<EventLoop, ServerLoop> loops,
      Connections connections,
      @Nullable ServerTls tls) {
    this.options = options;
    this.binds = BindAddresses.of(options.bind(), transport);
    this.transport = transport;
    this.group = group;
    this.loops = loops;
    this.connections = connections;
    this.tls = tls;
    this.pace = new AcceptPace(options.limits(), connections.limited(), System::nanoTime);
    this.addresses = new AddressLimit(options.limits(), pace);
  }

  /** Listens where the lines of a channel go in and out. */
  void openLines(int port, LineListener listener) {
    open(port, new ListeningPort(connections, steps(port), lines(listener), "--port", Wire.PLAIN))
        .forEach(address -> lines.add(new Listening(address, listener.channel().name())));
  }

  private static Entry.Entrance lines(LineListener listener) {
    return (socket, loop) -> socket.pipeline().addLast(new PlainConnection(listener, loop, socket));
  }

  /** Listens on a unix socket, where the lines of a channel go in and out. */
  void openUnix(UnixSocket at, LineListener listener) {
    if (transport != Transport.EPOLL) {
      throw new StartException(
          StartException.Reason.USAGE, "--unix: unix sockets need transport epoll (Linux)");
    }
    UnixSocketFile file = UnixSocketFile.open(at, options.reach(), ListeningPort.BACKLOG);
    files.add(file);
    // A loop has no time to prepare it when a connection is closed.
    loops.values().forEach(loop -> loop.writer().prepareSendQueueBytes());
    watch(
        new ListeningPort(connections, unixSteps(at), lines(listener), "--unix", Wire.PLAIN)
            .serve(file, group, loops),
        at,
        null,
        false);
  }

  /** Listens for HTTP. */
  void openWeb(int port, WebPort opened) {
    String option = "--web-port (off: none)";
    web.addAll(
        open(port, new ListeningPort(connections, steps(port), opened::enter, option, Wire.HTTP)));
  }

  /** Listens on a port of every address. */
  private List<InetSocketAddress> open(int port, ListeningPort opened) {
    List<Channel> bound = bind(port, opened);
    boolean secure = tls != null && tls.isSpokenOn(port);
    bound.forEach(socket -> watch(socket, socket.localAddress(), pace, secure));
    return bound.stream().map(Ports::addressOf).toList();
  }

  private List<Channel> bind(int port, ListeningPort opened) {
    List<Channel> bound = new ArrayList<>();
    for (int tries = 1; ; tries++) {
      try {
        for (InetAddress address : binds.all()) {
          int same = bound.isEmpty() ? port : addressOf(bound.getFirst()).getPort();
          boolean ipv6Only = binds.isIpv6Only(address);
          bound.add(opened.bind(transport, group, loops, address, same, ipv6Only));
        }
        return bound;
      } catch (StartException e) {
        boolean found = port == 0 && !bound.isEmpty();
        bound.forEach(socket -> socket.close().awaitUninterruptibly());
        bound.clear();
        if (!found || e.reason() != StartException.Reason.PORT_IN_USE || tries == MOST_TRIES) {
          throw e;
        }
      }
    }
  }

  private static InetSocketAddress addressOf(Channel bound) {
    return (InetSocketAddress) bound.localAddress();
  }

  private void watch(Channel bound, Object where, @Nullable AcceptPace paced, boolean secure) {
    Acceptor acceptor = new Acceptor(bound, where, paced, secure);
    bound.pipeline().addFirst(acceptor);
    acceptors.add(acceptor);
    sockets.add(bound);
  }

  /** What every connection to a port passes, in this order, before it is let in. */
  private List<Entry.Step> steps(int port) {
    List<Entry.Step> steps = new ArrayList<>();
    List<Network> proxies = options.reach().proxyFrom();
    if (!proxies.isEmpty()) {
      // The first: only then it is known whose connection it is, and TLS begins behind it.
      steps.add(new ProxyStep(proxies, options.limits().handshakeTime()));
    }
    steps.add(addresses);
    if (tls != null) {
      steps.addAll(tls.stepsOf(port));
    }
    return List.copyOf(steps);
  }

  /** The same for a unix socket. */
  private static List<Entry.Step> unixSteps(UnixSocket at) {
    return List.of(new UnixStep(at));
  }

  /** A connection has closed. From any thread. */
  void onConnectionClosed() {
    acceptors.forEach(Acceptor::onConnectionClosed);
  }

  /** Takes the files of unix sockets away. Before the sockets are closed; from any thread. */
  void removeFiles() {
    files.forEach(UnixSocketFile::remove);
  }

  /** The listening sockets. */
  List<Channel> sockets() {
    return sockets;
  }

  /** Every line port on every address, the main ones first. */
  List<Listening> lines() {
    return List.copyOf(lines);
  }

  /** Where the web port is, on every address; nowhere if there is none. */
  List<InetSocketAddress> web() {
    return List.copyOf(web);
  }
}
