package io.linecast.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;

/** A proxy's end of a connection. */
final class ProxySocket {

  private static final int PATIENCE_MILLIS = 20_000;
  private static final InetAddress PROXY = InetAddress.ofLiteral("127.0.0.2");

  private ProxySocket() {}

  static Socket connect(int port) throws IOException {
    Socket socket = new Socket();
    socket.bind(new InetSocketAddress(PROXY, 0));
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    return socket;
  }

  /** What comes until the connection ends, in whatever way. */
  static String hearToTheEnd(Socket client) throws IOException {
    try {
      return new String(client.getInputStream().readAllBytes(), UTF_8);
    } catch (SocketException e) {
      return "";
    }
  }
}
