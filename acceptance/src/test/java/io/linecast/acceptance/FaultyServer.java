package io.linecast.acceptance;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A line broadcaster that does one thing wrong, now and then, once it has won some trust. */
final class FaultyServer implements AutoCloseable {
  private static final int TRUSTED_LINES = 20;
  private static final int FAULT_EVERY = 25;

  private final ServerSocket listener;
  private final String fault;
  private final List<Socket> clients = new CopyOnWriteArrayList<>();
  private int lines;

  private FaultyServer(ServerSocket listener, String fault) {
    this.listener = listener;
    this.fault = fault;
  }

  /**
   * Starts one on a free port.
   *
   * @param fault what it does wrong: drop, double, tear, or echo a line
   */
  static FaultyServer start(String fault) throws IOException {
    FaultyServer server =
        new FaultyServer(new ServerSocket(0, 100, InetAddress.getLoopbackAddress()), fault);
    Thread.ofVirtual().start(server::accept);
    return server;
  }

  int port() {
    return listener.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket client : clients) {
      client.close();
    }
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listener.accept();
        clients.add(client);
        Thread.ofVirtual().start(() -> serve(client));
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private void serve(Socket client) {
    try (InputStream input = new BufferedInputStream(client.getInputStream())) {
      byte[] line = new byte[0];
      for (int next = input.read(); next >= 0; next = input.read()) {
        line = Arrays.copyOf(line, line.length + 1);
        line[line.length - 1] = (byte) next;
        if (next == '\n') {
          broadcast(client, line);
          line = new byte[0];
        }
      }
      client.close();
    } catch (IOException gone) {
      // It has left.
    }
  }

  private synchronized void broadcast(Socket from, byte[] line) throws IOException {
    lines++;
    boolean faulty = lines > TRUSTED_LINES && lines % FAULT_EVERY == 0;
    for (Socket client : clients) {
      if (faulty) {
        sendWrongly(from, client, line);
      } else if (!client.equals(from)) {
        client.getOutputStream().write(line);
      }
    }
  }

  private void sendWrongly(Socket from, Socket to, byte[] line) throws IOException {
    boolean own = to.equals(from);
    switch (fault) {
      case "drop" -> {}
      case "double" -> send(own ? 0 : 2, to, line);
      case "tear" -> send(own ? 0 : 1, to, Arrays.copyOf(line, line.length / 2));
      case "echo" -> send(1, to, line);
      default -> throw new IllegalArgumentException(fault);
    }
  }

  private static void send(int times, Socket to, byte[] line) throws IOException {
    for (int i = 0; i < times; i++) {
      to.getOutputStream().write(line);
    }
  }
}
