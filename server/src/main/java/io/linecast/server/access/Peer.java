package io.linecast.server.access;

import io.netty.channel.Channel;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.unix.DomainSocketChannel;
import io.netty.util.AttributeKey;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Optional;

/**
 * Who is at the other end of a connection, before it has said anything: the client, and not a proxy
 * that it came through. Immutable.
 *
 * <p>A connection bears one only if there is more to tell than its socket's address: thousands of
 * others cost nothing.
 *
 * @param address the client's
 * @param unix whether it came by a unix socket
 * @param hidden whether a proxy hides where it is: the address is the proxy's
 * @param certificate the name in the client certificate that was verified
 */
public record Peer(
    SocketAddress address, boolean unix, boolean hidden, Optional<String> certificate) {

  private static final AttributeKey<Peer> KEY = AttributeKey.valueOf(Peer.class, "peer");

  /** Of a socket that was closed before anybody asked. */
  private static final SocketAddress UNKNOWN = InetSocketAddress.createUnresolved("unknown", 0);

  /** Of a connection. On its loop. */
  public static Peer of(Channel socket) {
    Peer known = socket.hasAttr(KEY) ? socket.attr(KEY).get() : null;
    if (known != null) {
      return known;
    }
    if (socket instanceof DomainSocketChannel unix) {
      DomainSocketAddress at = unix.localAddress();
      return byUnixSocket(new UnixClient(at == null ? "" : at.path()));
    }
    SocketAddress address = socket.remoteAddress();
    return at(address == null ? UNKNOWN : address);
  }

  /** A client of which nothing but the address is known. */
  public static Peer at(SocketAddress address) {
    return new Peer(address, false, false, Optional.empty());
  }

  /** A client that came by a unix socket. */
  public static Peer byUnixSocket(SocketAddress address) {
    return new Peer(address, true, false, Optional.empty());
  }

  /** The address of who is at the other end of a connection. */
  public static SocketAddress addressOf(Channel socket) {
    return of(socket).address();
  }

  /** An address for people: {@code 127.0.0.1:50412}, a unix socket's path. */
  public static String textOf(SocketAddress address) {
    String text = String.valueOf(address);
    boolean named = address instanceof InetSocketAddress && text.startsWith("/");
    return named ? text.substring(1) : text;
  }

  /** More has become known. On the connection's loop. */
  public void tell(Channel socket) {
    socket.attr(KEY).set(this);
  }

  /** The same, but with another address: that of whom a proxy speaks for. */
  public Peer withAddress(SocketAddress client) {
    return new Peer(client, unix, hidden, certificate);
  }

  /** The same, but a client that a proxy speaks for without telling where it is. */
  public Peer hiddenByProxy() {
    return new Peer(address, unix, true, certificate);
  }

  /** The same, but with a certificate. */
  public Peer withCertificate(String name) {
    return new Peer(address, unix, hidden, Optional.of(name));
  }

  /** Where it is; empty if it came by a unix socket, or if that is not known. */
  Optional<InetAddress> place() {
    return !unix && !hidden && address instanceof InetSocketAddress internet
        ? Optional.ofNullable(internet.getAddress())
        : Optional.empty();
  }

  /** Whether it is on this machine. */
  public boolean isLocal() {
    return unix || place().filter(InetAddress::isLoopbackAddress).isPresent();
  }
}
