package io.linecast.acceptance.abuse;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import javax.net.ssl.SSLSocket;

/** A connection of somebody who means harm; chars are bytes. For one thread. */
final class Attacker implements AutoCloseable {

  private static final int CONNECT_MILLIS = 10_000;
  private static final int HEARD_MOST = 16 << 10;

  private final Socket socket;
  private boolean left;

  private Attacker(Socket socket) {
    this.socket = socket;
  }

  /** Connects from an address of this machine, and says nothing. */
  static Attacker connect(String address, int port) {
    Socket socket = new Socket();
    try {
      socket.bind(new InetSocketAddress(address, 0));
      socket.setTcpNoDelay(true);
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
      return new Attacker(socket);
    } catch (IOException e) {
      throw new UncheckedIOException("no connection to port " + port, e);
    }
  }

  Socket socket() {
    return socket;
  }

  /** Shakes hands, as it should be; what is sent and heard otherwise goes past it. */
  SSLSocket secure(String version) {
    try {
      SSLSocket secure =
          (SSLSocket)
              Trusting.context()
                  .getSocketFactory()
                  .createSocket(socket, "localhost", socket.getPort(), false);
      secure.setEnabledProtocols(new String[] {version});
      secure.startHandshake();
      return secure;
    } catch (IOException e) {
      throw new UncheckedIOException("no TLS with port " + socket.getPort(), e);
    }
  }

  /** Sends, unless the server has had enough; whether it has not. */
  boolean send(String chars) {
    return send(chars.getBytes(ISO_8859_1));
  }

  /** Sends, unless the server has had enough; whether it has not. */
  boolean send(byte[] bytes) {
    try {
      socket.getOutputStream().write(bytes);
      socket.getOutputStream().flush();
      return true;
    } catch (IOException closed) {
      return false;
    }
  }

  void halfClose() {
    try {
      socket.shutdownOutput();
    } catch (IOException closed) {
      // Then it is closed on both sides.
    }
  }

  void reset() {
    left = true;
    try {
      socket.setSoLinger(true, 0);
      socket.close();
    } catch (IOException closed) {
      // That is what was wanted.
    }
  }

  /**
   * What the server does within a time: answers, closes, or neither. Healthy lines are no answer.
   */
  Outcome outcome(Duration atMost) {
    return outcome(System.nanoTime(), atMost);
  }

  /** The same, where the time has begun already. */
  Outcome outcome(long beginNanos, Duration atMost) {
    ByteArrayOutputStream heard = new ByteArrayOutputStream();
    boolean open = !left && read(heard, beginNanos + atMost.toNanos());
    Duration took = Duration.ofNanos(System.nanoTime() - beginNanos);
    Outcome.Ending ending =
        open ? Outcome.Ending.OPEN : left ? Outcome.Ending.LEFT : Outcome.Ending.CLOSED;
    return new Outcome(
        heard.toString(ISO_8859_1).replaceAll("heal[thy 0-9]*;?\r?\n?", ""), ending, took);
  }

  private boolean read(ByteArrayOutputStream heard, long deadline) {
    byte[] bytes = new byte[16 << 10];
    try {
      InputStream input = socket.getInputStream();
      do { // once at least: it may have been closed while others were looked at
        long left = (deadline - System.nanoTime()) / 1_000_000;
        socket.setSoTimeout((int) Math.max(1, left));
        int read = input.read(bytes);
        if (read < 0) {
          return false;
        }
        heard.write(bytes, 0, Math.min(read, Math.max(0, HEARD_MOST - heard.size())));
      } while (deadline - System.nanoTime() > 0);
      return true;
    } catch (SocketTimeoutException e) {
      return true;
    } catch (IOException reset) {
      return false;
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      // It is gone either way.
    }
  }
}
