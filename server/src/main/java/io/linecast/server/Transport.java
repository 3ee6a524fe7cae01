package io.linecast.server;

import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketProtocolFamily;
import java.net.Inet4Address;
import java.net.InetAddress;

/** How the server speaks to the system's sockets. */
public enum Transport {
  /** Epoll where it is to be had, else NIO. */
  AUTO,
  /** Linux: epoll(7), send(2) and writev(2). */
  EPOLL,
  /** The JDK's own selectors, on any system. */
  NIO;

  /** This, or for {@link #AUTO} what is best here. */
  Transport resolve() {
    if (this == EPOLL && !Epoll.isAvailable()) {
      throw new StartException(
          StartException.Reason.USAGE,
          "transport epoll is not available here ("
              + Epoll.unavailabilityCause().getMessage()
              + "); use auto or nio");
    }
    return this == AUTO ? (Epoll.isAvailable() ? EPOLL : NIO) : this;
  }

  IoHandlerFactory newIoHandlerFactory() {
    return this == EPOLL ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
  }

  /** A listening socket of the address's own family: 0.0.0.0 must not open IPv6 as well. */
  ServerChannel newServerChannel(InetAddress address) {
    SocketProtocolFamily family =
        address instanceof Inet4Address ? SocketProtocolFamily.INET : SocketProtocolFamily.INET6;
    return this == EPOLL
        ? new EpollServerSocketChannel(family)
        : new LineNioServerSocketChannel(family);
  }

  /**
   * Prepares a socket that will listen on an address. On loopback there is no network to be kind
   * to, but where the system's choice is BBR every connection is paced by a timer of its own: see
   * docs/decisions. These two do not pace; one of them any process may choose.
   */
  void tune(ServerChannel listening, InetAddress address) {
    if (listening instanceof EpollServerSocketChannel socket && address.isLoopbackAddress()) {
      LinuxCalls calls = new LinuxCalls();
      int descriptor = socket.fd().intValue();
      if (!calls.setCongestionControl(descriptor, "cubic")) {
        calls.setCongestionControl(descriptor, "reno");
      }
    }
  }

  SocketWriter newWriter() {
    return this == EPOLL ? new EpollWriter() : new NioWriter();
  }
}
