package io.linecast.acceptance.ack;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A connection, as bytes out and lines in. One thread may write while another reads. */
final class Wire implements AutoCloseable {
  private static final int CONNECT_MILLIS = 5_000;

  private final Socket socket;
  private final byte[] incoming = new byte[64 << 10];
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private int position;
  private int limit;

  private Wire(Socket socket) {
    this.socket = socket;
  }

  static Wire connect(InetSocketAddress address) throws IOException {
    return connect(address, 0);
  }

  /**
   * Connects.
   *
   * @param receiveBytes what the socket holds unread; 0 for what is usual
   */
  static Wire connect(InetSocketAddress address, int receiveBytes) throws IOException {
    Socket socket = new Socket();
    try {
      if (receiveBytes > 0) {
        socket.setReceiveBufferSize(receiveBytes);
      }
      socket.setTcpNoDelay(true);
      socket.connect(address, CONNECT_MILLIS);
      return new Wire(socket);
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  void write(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  /**
   * The next line without its LF; null at the end of the connection. Part of a line that the end
   * cut off is no line.
   *
   * @throws SocketTimeoutException if none comes in time; what has come of it stays
   */
  byte @Nullable [] readLine(Duration patience) throws IOException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (true) {
      for (int i = position; i < limit; i++) {
        if (incoming[i] == '\n') {
          line.write(incoming, position, i - position);
          position = i + 1;
          byte[] whole = line.toByteArray();
          line.reset();
          return whole;
        }
      }
      line.write(incoming, position, limit - position);
      position = limit;
      if (!fill(deadline)) {
        return null;
      }
    }
  }

  /** Whether part of a line has come. */
  boolean isWithinLine() {
    return line.size() > 0;
  }

  int localPort() {
    return socket.getLocalPort();
  }

  /** Ends its own sending, and can still hear. */
  void halfClose() throws IOException {
    socket.shutdownOutput();
  }

  /** Goes without a word: the server gets a reset. */
  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private boolean fill(long deadline) throws IOException {
    long millis = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
    if (millis <= 0) {
      throw new SocketTimeoutException("no whole line in time");
    }
    socket.setSoTimeout((int) millis);
    int read = socket.getInputStream().read(incoming);
    position = 0;
    limit = Math.max(0, read);
    return read >= 0;
  }
}
