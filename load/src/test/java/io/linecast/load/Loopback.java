package io.linecast.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A fleet, and the other ends of its connections in the same order, to be played by a test. */
final class Loopback implements AutoCloseable {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final int QUIET_MILLIS = 50;

  final Fleet fleet;
  final List<Socket> ends = new ArrayList<>();

  Loopback(int connections) throws IOException {
    try (ServerSocket listener = new ServerSocket(0, 100, InetAddress.getLoopbackAddress())) {
      InetSocketAddress target =
          new InetSocketAddress(listener.getInetAddress(), listener.getLocalPort());
      fleet = Connector.connect(target, connections);
      for (int i = 0; i < connections; i++) {
        ends.add(listener.accept());
      }
    }
  }

  /** Says something at the other end of a connection. */
  void say(int connection, String words) throws IOException {
    ends.get(connection).getOutputStream().write(words.getBytes(StandardCharsets.US_ASCII));
  }

  /** Has the fleet throw away so many bytes: a pause before the last of them is not the end. */
  void discard(long bytes) {
    long awaited = fleet.totalReceivedBytes() + bytes;
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (fleet.totalReceivedBytes() < awaited && System.nanoTime() < deadline) {
      fleet.discardUntilQuiet(QUIET_MILLIS, PATIENCE_NANOS);
    }
  }

  /** What the other end of a connection has received: the fleet's end is closed for it. */
  String heard(int connection) throws IOException {
    Libc.shutdownOutput(fleet.socket(connection));
    byte[] bytes = ends.get(connection).getInputStream().readAllBytes();
    return new String(bytes, StandardCharsets.US_ASCII);
  }

  @Override
  public void close() throws IOException {
    fleet.close();
    for (Socket end : ends) {
      end.close();
    }
  }
}
