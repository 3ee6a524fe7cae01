package io.linecast.kafka;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Arrays;

/** Two plain clients of a server: what the one sends the other one hears. */
final class TwoSockets implements RoundTrips.Way {

  private final Socket sender;
  private final Socket hearer;
  private final byte[] line;

  /** Connects to {@code HOST:PORT}; lines have so many bytes, with their line feed. */
  TwoSockets(String server, int lineBytes) throws IOException {
    int colon = server.lastIndexOf(':');
    int port = Integer.parseInt(server.substring(colon + 1));
    sender = connect(server.substring(0, colon), port);
    hearer = connect(server.substring(0, colon), port);
    line = new byte[lineBytes];
    Arrays.fill(line, (byte) 'x');
    line[lineBytes - 1] = '\n';
  }

  private static Socket connect(String host, int port) throws IOException {
    Socket socket = new Socket(InetAddress.getAllByName(host)[0], port);
    socket.setTcpNoDelay(true);
    return socket;
  }

  @Override
  public void pass() throws IOException {
    sender.getOutputStream().write(line);
    if (hearer.getInputStream().readNBytes(line.length).length < line.length) {
      throw new EOFException("the server has closed the connection");
    }
  }

  @Override
  public void close() throws IOException {
    sender.close();
    hearer.close();
  }
}
