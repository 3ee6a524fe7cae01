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
  private final InetSocketAddress target;
  private final NativeAddress targetAddress;
  private final int[] sockets;
  private final boolean[] connected;
  private final int inFlightMax;
  private int opened;
  private int finished;

  private Connector(InetSocketAddress target, int connections, int inFlightMax) {
    this.inFlightMax = inFlightMax;
    this.target = target;
    this.targetAddress = NativeAddress.of(target);
    this.sockets = new int[connections];
    this.connected = new boolean[connections];
  }

  /** Connects {@code connections} times to {@code target}. */
  static Fleet connect(InetSocketAddress target, int connections) {
    return connect(target, connections, IN_FLIGHT_MAX);
  }

  /** Connects without waiting for one before the next. */
  static Fleet connectAtOnce(InetSocketAddress target, int connections) {
    return connect(target, connections, connections);
  }

  private static Fleet connect(InetSocketAddress target, int connections, int inFlightMax) {
    Connector connector = new Connector(target, connections, inFlightMax);
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
    int socket = LoadFailure.check(Libc.socket(targetAddress), "socket");
    sockets[connection] = socket;
    opened++;
    LoadFailure.check(Libc.sendAtOnce(socket), "TCP_NODELAY");
    int block = connection / CONNECTIONS_PER_SOURCE;
    if (block > 0 && hasManySources()) {
      LoadFailure.check(Libc.bindSource(socket, source(block)), "bind");
    }
    int result = Libc.connect(socket, targetAddress);
    if (result != -Libc.EINPROGRESS) {
      LoadFailure.check(result, "connect");
    }
    epoll.add(socket, connection);
  }

  private void finish(int connection) {
    if (!connected[connection]) {
      LoadFailure.check(Libc.connectError(sockets[connection]), "connect");
      connected[connection] = true;
      finished++;
    }
  }

  private boolean hasManySources() {
    return target.getAddress().isLoopbackAddress() && !targetAddress.isIpv6();
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
