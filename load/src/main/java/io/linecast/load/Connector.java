package io.linecast.load;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/** Opens the connections of a fleet, several at a time, and waits until all are there. */
final class Connector {
  private static final int IN_FLIGHT_MAX = 128;

  private static final int POLL_MILLIS = 100;
  private static final long DEADLINE_NANOS = 60_000_000_000L;

  /**
   * One source address has 28,232 ports by default, and connect looks through half of them, the
   * even or the odd ones, before it takes one of the other half: from 14,116 connections on that
   * costs about a millisecond each.
   */
  private static final int CONNECTIONS_PER_SOURCE = 10_000;

  private final Epoll epoll = new Epoll();
  private final boolean hasManySources;
  private final NativeAddress target;
  private final int firstListener;
  private final NativeAddress listenersTarget;
  private final int port;
  private final int listenersPort;
  private final int[] sockets;
  private final boolean[] connected;
  private final int inFlightMax;
  private int opened;
  private int finished;

  /**
   * Connections to a target, and from the first that listens on to where those connect.
   *
   * @param listenersTarget another port of the same host
   */
  private Connector(
      InetSocketAddress target,
      int firstListener,
      InetSocketAddress listenersTarget,
      int connections,
      int inFlightMax) {
    this.inFlightMax = inFlightMax;
    this.target = NativeAddress.of(target);
    this.firstListener = firstListener;
    this.listenersTarget = NativeAddress.of(listenersTarget);
    this.port = target.getPort();
    this.listenersPort = listenersTarget.getPort();
    this.hasManySources = target.getAddress().isLoopbackAddress() && !this.target.isIpv6();
    this.sockets = new int[connections];
    this.connected = new boolean[connections];
  }

  /** Connects {@code connections} times to {@code target}. */
  static Fleet connect(InetSocketAddress target, int connections) {
    return connect(new Connector(target, 0, target, connections, IN_FLIGHT_MAX));
  }

  /** Opens a share's connections, those that never read aside. */
  static Fleet connect(Share share) {
    return connect(
        new Connector(
            share.target(),
            share.firstListener(),
            share.listenersTarget(),
            share.fleetSize(),
            IN_FLIGHT_MAX));
  }

  /** Connects without waiting for one before the next. */
  static Fleet connectAtOnce(InetSocketAddress target, int connections) {
    return connect(new Connector(target, 0, target, connections, connections));
  }

  private static Fleet connect(Connector connector) {
    try {
      connector.run();
      return new Fleet(connector.epoll, connector.sockets);
    } catch (LoadFailure e) {
      connector.giveUp();
      throw e;
    }
  }

  private void run() {
    long deadline = System.nanoTime() + DEADLINE_NANOS;
    while (finished < sockets.length) {
      while (opened < sockets.length && opened - finished < inFlightMax) {
        open();
      }
      int ready = epoll.poll(POLL_MILLIS);
      for (int event = 0; event < ready; event++) {
        finish(epoll.token(event));
      }
      if (System.nanoTime() > deadline) {
        throw new LoadFailure(
            "only " + finished + " of " + sockets.length + " connections could be made in time");
      }
    }
  }

  /** Closes what was opened so far. */
  private void giveUp() {
    for (int connection = 0; connection < opened; connection++) {
      Libc.close(sockets[connection]);
    }
    epoll.close();
  }

  private void open() {
    int connection = opened;
    int socket = LoadFailure.check(Libc.socket(target), "socket");
    sockets[connection] = socket;
    opened++;
    LoadFailure.check(Libc.sendAtOnce(socket), "TCP_NODELAY");
    int block = connection / CONNECTIONS_PER_SOURCE;
    if (block > 0 && hasManySources) {
      LoadFailure.check(Libc.bindSource(socket, source(block)), "bind");
    }
    boolean listens = connection >= firstListener;
    int result = Libc.connect(socket, listens ? listenersTarget : target);
    if (result != -Libc.EINPROGRESS) {
      LoadFailure.check(result, "connect" + where(connection));
    }
    epoll.add(socket, connection);
  }

  private void finish(int connection) {
    if (!connected[connection]) {
      LoadFailure.check(Libc.connectError(sockets[connection]), "connect" + where(connection));
      connected[connection] = true;
      finished++;
    }
  }

  /** Of a connection to another port than the one that was asked for, which that is. */
  private String where(int connection) {
    boolean elsewhere = connection >= firstListener && listenersPort != port;
    return elsewhere ? " to port " + listenersPort : "";
  }

  /** All of 127.0.0.0/8 is this machine. */
  private static NativeAddress source(int block) {
    try {
      InetAddress host = InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) (1 + block)});
      return NativeAddress.of(host, 0);
    } catch (UnknownHostException e) {
      throw new AssertionError("four bytes are an address", e);
    }
  }
}
