package io.linecast.server;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/**
 * The addresses that every port is listened on, the main one first. Immutable.
 *
 * <p>{@code ::} takes IPv4 as well, as people are used to, unless an IPv4 address is named beside
 * it: then IPv4 is reached there alone.
 */
record BindAddresses(List<InetAddress> all) {

  /** None is named twice. */
  BindAddresses {
    all = List.copyOf(all);
  }

  /**
   * Finds the addresses that are meant.
   *
   * @throws StartException if one is none of this machine's, or makes no sense beside another
   */
  static BindAddresses of(List<String> names, Transport transport) {
    List<InetAddress> found = new ArrayList<>();
    for (String name : names) {
      InetAddress address = resolve(name.strip());
      found.forEach(other -> requireApart(other, address));
      found.add(address);
    }
    BindAddresses addresses = new BindAddresses(found);
    if (transport == Transport.NIO && found.stream().anyMatch(addresses::isIpv6Only)) {
      throw usage(
          "transport nio cannot keep :: to IPv6, which an IPv4 address beside it needs; use"
              + " transport epoll, or name each IPv6 address");
    }
    return addresses;
  }

  private static InetAddress resolve(String name) {
    if (name.isEmpty()) {
      throw usage("an address is empty");
    }
    try {
      InetAddress address = InetAddress.getByName(name);
      if (address instanceof Inet6Address local
          && local.isLinkLocalAddress()
          && local.getScopeId() == 0) {
        throw usage("'" + name + "' is an address on each network; say which: " + name + "%eth0");
      }
      return address;
    } catch (UnknownHostException e) {
      int percent = name.indexOf('%');
      throw new StartException(
          StartException.Reason.NO_SUCH_ADDRESS,
          percent < 0
              ? "--bind: there is no host called '" + name + "'"
              : "--bind: '%s': this machine has no interface %s"
                  .formatted(name, name.substring(percent + 1)));
    }
  }

  private static void requireApart(InetAddress one, InetAddress other) {
    if (one.equals(other)) {
      throw usage(shown(one) + " is named twice");
    }
    boolean covers = one.isAnyLocalAddress() || other.isAnyLocalAddress();
    if (covers && one instanceof Inet4Address == other instanceof Inet4Address) {
      throw usage(
          "%s and %s: one has the other in it; leave one out".formatted(shown(one), shown(other)));
    }
  }

  private static String shown(InetAddress address) {
    return address instanceof Inet6Address && address.isAnyLocalAddress()
        ? "::"
        : address.getHostAddress();
  }

  private static StartException usage(String message) {
    return new StartException(StartException.Reason.USAGE, "--bind: " + message);
  }

  /** Whether a socket there must leave IPv4 to the others. */
  boolean isIpv6Only(InetAddress address) {
    return address instanceof Inet6Address
        && address.isAnyLocalAddress()
        && all.stream().anyMatch(Inet4Address.class::isInstance);
  }
}
