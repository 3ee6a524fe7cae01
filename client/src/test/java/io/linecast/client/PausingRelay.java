package io.linecast.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.Semaphore;

/**
 * Between a client and a server: hands on what either says, and of the server's as much as it is
 * let.
 */
final class PausingRelay implements AutoCloseable {

  private final ServerSocket listener;
  private final int port;
  private final Semaphore bytes = new Semaphore(Integer.MAX_VALUE / 2);

  private PausingRelay(ServerSocket listener, int port) {
    this.listener = listener;
    this.port = port;
  }

  static PausingRelay to(int port) throws IOException {
    PausingRelay relay =
        new PausingRelay(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()), port);
    Connecting.start(relay::relay);
    return relay;
  }

  String address() {
    return "127.0.0.1:" + listener.getLocalPort();
  }

  /** So many bytes of the server's go on, and no more until {@link #goOn}. */
  void pauseAfter(int more) {
    bytes.drainPermits();
    bytes.release(more);
  }

  void goOn() {
    bytes.release(Integer.MAX_VALUE / 2);
  }

  private void relay() {
    try (Socket client = listener.accept();
        Socket server = new Socket(InetAddress.getLoopbackAddress(), port)) {
      Connecting.start(() -> copy(client, server, false));
      copy(server, client, true);
    } catch (IOException e) {
      // The test is over.
    }
  }

  private void copy(Socket from, Socket to, boolean counted) {
    try {
      InputStream input = from.getInputStream();
      OutputStream output = to.getOutputStream();
      for (int next = input.read(); next >= 0; next = input.read()) {
        if (counted) {
          bytes.acquireUninterruptibly();
        }
        output.write(next);
      }
      to.shutdownOutput();
    } catch (IOException e) {
      // The test is over.
    }
  }

  @Override
  public void close() throws IOException {
    goOn();
    listener.close();
  }
}
