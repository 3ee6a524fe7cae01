package io.linecast.cli;

import io.linecast.server.LinecastServer;
import java.io.PrintWriter;
import java.net.InetAddress;

/**
 * What a server that has started says: where it is, and who can reach it. Words go to standard
 * error: standard output is for lines ({@code --print}) alone.
 *
 * @param server that listens
 */
record Announcement(LinecastServer server) {

  void printTo(PrintWriter err) {
    boolean open = false;
    boolean openWithoutTls = false;
    for (LinecastServer.Listening listening : server.listening()) {
      InetAddress address = listening.address().getAddress();
      open |= !address.isLoopbackAddress();
      openWithoutTls |= !address.isLoopbackAddress() && !server.isSecure(listening.address());
      err.printf(
          "listening on %s:%d (channel %s)%n",
          address.getHostAddress(), listening.address().getPort(), listening.channel());
    }
    if (open) {
      err.println(
          "open to every machine that can reach this one, without "
              + (openWithoutTls ? "TLS or identity" : "identity"));
    }
    String host = reachable();
    boolean secure = server.isSecure(server.listening().getFirst().address());
    String tool = secure ? "openssl s_client -quiet -connect %s:%d%n" : "nc %s %d%n";
    err.printf("try: " + tool, host, server.port());
    server
        .web()
        .ifPresent(at -> err.printf("web: %s%n", WebFlags.url(server.isSecure(at), host, at)));
    server.fingerprint().ifPresent(sha256 -> err.printf("certificate (SHA-256): %s%n", sha256));
    err.flush();
  }

  private String reachable() {
    InetAddress address = server.listening().getFirst().address().getAddress();
    return address.isAnyLocalAddress() ? "127.0.0.1" : address.getHostAddress();
  }
}
