package io.linecast.server;

import io.linecast.server.LinecastServer.Listening;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Everything a server listens on. Opened by the thread that starts the server; read by any after
 * that.
 */
final class Ports {

  private final ServerOptions options;
  private final Transport transport;
  private final EventLoopGroup group;
  private final Map<EventLoop, ServerLoop> loops;
  private final Connections connections;
  private final AcceptPace pace;
  private final AddressLimit addresses;
  private final List<Channel> sockets = new ArrayList<>();
  private final List<Listening> lines = new ArrayList<>();
  private @Nullable InetSocketAddress web;

  /** Looked at by every loop, while more may still be added. */
  private final List<Acceptor> acceptors = new CopyOnWriteArrayList<>();

  /** Nothing is open yet. */
  Ports(
      ServerOptions options,
      Transport transport,
      EventLoopGroup group,
      Map<EventLoop, ServerLoop> loops,
      Connections connections) {
    this.options = options;
    this.transport = transport;
    this.group = group;
    this.loops = loops;
    this.connections = connections;
    this.pace = new AcceptPace(options.limits(), connections.limited());
    this.addresses = new AddressLimit(options.limits());
  }

  /** Listens where the lines of a channel go in and out. */
  void openLines(int port, LineListener listener) {
    InetSocketAddress address =
        open(
            port,
            "--port",
            Wire.PLAIN,
            (socket, loop) ->
                socket.pipeline().addLast(new PlainConnection(listener, loop, socket)));
    lines.add(new Listening(address, listener.channel().name()));
  }

  /** Listens for HTTP. */
  void openWeb(int port, WebPort opened) {
    web = open(port, "--web-port (off: none)", Wire.HTTP, opened::enter);
  }

  private InetSocketAddress open(int port, String option, Wire wire, Entry.Entrance entrance) {
    Channel socket =
        new ListeningPort(connections, steps(), entrance, option, wire)
            .bind(transport, group, loops, options.bind(), port);
    Acceptor acceptor = new Acceptor(socket, pace);
    socket.pipeline().addFirst(acceptor);
    acceptors.add(acceptor);
    sockets.add(socket);
    return (InetSocketAddress) socket.localAddress();
  }

  /** What every connection passes, in this order, before it is let in. */
  private List<Entry.Step> steps() {
    return List.of(addresses);
  }

  /** A connection has closed. From any thread. */
  void onConnectionClosed() {
    acceptors.forEach(Acceptor::onConnectionClosed);
  }

  /** The listening sockets. */
  List<Channel> sockets() {
    return sockets;
  }

  /** Every line port, the main one first. */
  List<Listening> lines() {
    return List.copyOf(lines);
  }

  /** Where the web port is; empty if there is none. */
  Optional<InetSocketAddress> web() {
    return Optional.ofNullable(web);
  }
}
