package io.linecast.cli;

import io.linecast.server.LinecastServer;
import java.io.PrintWriter;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a server that has started says: where it is, and who can reach it. Words go to standard
 * error: standard output is for lines ({@code --print}) alone.
 *
 * @param server that listens
 */
record Announcement(LinecastServer server) {

  void printTo(PrintWriter err) {
    for (LinecastServer.Listening listening : server.listening()) {
      InetSocketAddress address = listening.address();
      err.printf(
          "listening on %s:%d (channel %s)%n",
          WebFlags.bracketed(shown(address.getAddress())), address.getPort(), listening.channel());
    }
    server
        .listeningUnix()
        .forEach(socket -> err.printf("listening on %s (channel %s)%n", socket, socket.channel()));
    warnOn(err);
    InetSocketAddress main = server.listening().getFirst().address();
    String tool = server.isSecure(main) ? "openssl s_client -quiet -connect %s:%d%n" : "nc %s %d%n";
    err.printf("try: " + tool, reachable(main.getAddress()), server.port());
    server
        .webListening()
        .forEach(
            at ->
                err.printf(
                    "web: %s%n",
                    WebFlags.url(server.isSecure(at), reachable(at.getAddress()), at.getPort())));
    server.fingerprint().ifPresent(sha256 -> err.printf("certificate (SHA-256): %s%n", sha256));
    err.flush();
  }

  /** Each by itself: who has mended one may not know of the other. */
  private void warnOn(PrintWriter err) {
    List<InetSocketAddress> open =
        Stream.concat(
                server.listening().stream().map(LinecastServer.Listening::address),
                server.webListening().stream())
            .filter(address -> !address.getAddress().isLoopbackAddress())
            .toList();
    List<String> withoutTls =
        open.stream()
            .filter(address -> !server.isSecure(address))
            .map(address -> String.valueOf(address.getPort()))
            .distinct()
            .toList();
    if (!withoutTls.isEmpty()) {
      err.printf(
          "without TLS on port %s: who is on the way between a client and here reads what is sent,"
              + " tokens too (%s)%n",
          String.join(", ", withoutTls),
          server.fingerprint().isPresent() ? "--tls-off" : "--tls-cert, --tls-self-signed");
    }
    if (!open.isEmpty() && server.isOpenToAll()) {
      err.println(
          "without identity: every machine that can reach this one may listen and publish"
              + " (--tokens, --allow, --plain)");
    }
  }

  /** An address by which who sits here reaches what listens on one. */
  private static String reachable(InetAddress address) {
    if (!address.isAnyLocalAddress()) {
      return shown(address);
    }
    return address instanceof Inet6Address ? "::1" : "127.0.0.1";
  }

  /** As people write it: a run of noughts is left out. */
  private static String shown(InetAddress address) {
    return address.getHostAddress().replaceFirst("(^|:)(0(:0)+)(:|$|(?=%))", "::");
  }
}
