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
    for (LinecastServer.Listening listening : server.listening()) {
      InetAddress address = listening.address().getAddress();
      open |= !address.isLoopbackAddress();
      err.printf(
          "listening on %s:%d (channel %s)%n",
          address.getHostAddress(), listening.address().getPort(), listening.channel());
    }
    if (open) {
      err.println("open to every machine that can reach this one, without TLS or identity");
    }
    String host = reachable();
    err.printf("try: nc %s %d%n", host, server.port());
    server.web().ifPresent(at -> err.printf("web: %s%n", WebFlags.url(host, at.getPort())));
    err.flush();
  }

  private String reachable() {
    InetAddress address = server.listening().getFirst().address().getAddress();
    return address.isAnyLocalAddress() ? "127.0.0.1" : address.getHostAddress();
  }
}
