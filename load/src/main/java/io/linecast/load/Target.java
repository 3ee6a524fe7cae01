package io.linecast.load;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/** The servers to load, from text. */
final class Target {
  private static final int PORT_MAX = 65_535;

  private Target() {}

  /**
   * Reads HOST:PORT, or several with commas between them.
   *
   * @param allowRemote whether they may be other machines
   * @throws UsageException if one is no address, or another machine's without leave
   */
  static List<InetSocketAddress> parseAll(String text, boolean allowRemote) {
    return Arrays.stream(text.split(",", -1)).map(each -> parse(each, allowRemote)).toList();
  }

  private static InetSocketAddress parse(String text, boolean allowRemote) {
    int colon = text.lastIndexOf(':');
    if (colon < 1) {
      throw new UsageException(text + " is not HOST:PORT");
    }
    try {
      InetAddress host = InetAddress.getByName(text.substring(0, colon));
      if (!host.isLoopbackAddress() && !allowRemote) {
        throw new UsageException(
            text + " is another machine; a load is sent there only with --allow-remote");
      }
      return new InetSocketAddress(host, port(text.substring(colon + 1)));
    } catch (UnknownHostException e) {
      throw new UsageException("there is no host of the name in " + text);
    }
  }

  private static int port(String text) {
    try {
      int port = Integer.parseInt(text);
      if (port > 0 && port <= PORT_MAX) {
        return port;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new UsageException(text + " is no port");
  }
}
