package io.linecast.server;

import io.linecast.server.LinecastServer.Listening;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Everything a server listens on. Opened by the thread that starts the server; read by any after
 * that.
 */
final class Ports {

  /** Which port is free on one address may not be on another; so often another is looked for. */
  private static final int MOST_TRIES = 20;

  private final BindAddresses addresses;
  private final Transport transport;
  private final EventLoopGroup group;
  private final Map<EventLoop, ServerLoop> loops;
  private final Connections connections;
  private final List<Channel> sockets = new ArrayList<>();
  private final List<Listening> lines = new ArrayList<>();
  private final List<InetSocketAddress> web = new ArrayList<>();

  /** Looked at by every loop, while more may still be added. */
  private final List<Acceptor> acceptors = new CopyOnWriteArrayList<>();

  /**
   * Nothing is open yet.
   *
   * @throws StartException if an address to listen on makes no sense
   */
  Ports(
      ServerOptions options,
      Transport transport,
      EventLoopGroup group,
      Map<EventLoop, ServerLoop> loops,
      Connections connections) {
    this.addresses = BindAddresses.of(options.bind(), transport);
    this.transport = transport;
    this.group = group;
    this.loops = loops;
    this.connections = connections;
  }

  /** Listens where the lines of a channel go in and out. */
  void openLines(int port, LineListener listener) {
    Entry.Entrance entrance =
        (socket, loop) -> socket.pipeline().addLast(new PlainConnection(listener, loop, socket));
    open(port, new ListeningPort(connections, steps(), entrance, "--port", Wire.PLAIN))
        .forEach(address -> lines.add(new Listening(address, listener.channel().name())));
  }

  /** Listens for HTTP. */
  void openWeb(int port, WebPort opened) {
    String option = "--web-port (off: none)";
    web.addAll(
        open(port, new ListeningPort(connections, steps(), opened::enter, option, Wire.HTTP)));
  }

  /** Listens on a port of every address. */
  private List<InetSocketAddress> open(int port, ListeningPort opened) {
    List<Channel> bound = bind(port, opened);
    bound.forEach(this::watch);
    return bound.stream().map(Ports::addressOf).toList();
  }

  private List<Channel> bind(int port, ListeningPort opened) {
    List<Channel> bound = new ArrayList<>();
    for (int tries = 1; ; tries++) {
      try {
        for (InetAddress address : addresses.all()) {
          int same = bound.isEmpty() ? port : addressOf(bound.getFirst()).getPort();
          boolean ipv6Only = addresses.isIpv6Only(address);
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

  private void watch(Channel bound) {
    Acceptor acceptor = new Acceptor(bound);
    bound.pipeline().addFirst(acceptor);
    acceptors.add(acceptor);
    sockets.add(bound);
  }

  /** What every connection passes, in this order, before it is let in. */
  private static List<Entry.Step> steps() {
    return List.of();
  }

  /** A connection has closed. From any thread. */
  void onConnectionClosed() {
    acceptors.forEach(Acceptor::onConnectionClosed);
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
