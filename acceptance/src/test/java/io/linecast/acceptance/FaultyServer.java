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

/**
 * A line broadcaster that does one thing wrong, now and then, once it has won some trust: so often
 * that a short load meets it, and so late that its probe does not.
 */
final class FaultyServer implements AutoCloseable {
  private static final int TRUSTED_LINES = 20;
  private static final int FAULT_EVERY = 25;

  /** A client that is neither the first nor the last, which are always verified in full. */
  private static final int ONE = 2;

  private static final int LAST_DIGIT_OF_TIME = 8;

  private final ServerSocket listener;
  private final String fault;
  private final List<Socket> clients = new CopyOnWriteArrayList<>();
  private int lines;
  private byte[] late = {};

  private FaultyServer(ServerSocket listener, String fault) {
    this.listener = listener;
    this.fault = fault;
  }

  /**
   * Starts one on a free port.
   *
   * @param fault what it does wrong with a line: drop it, drop it for one client, double it, tear
   *     it, echo it to its sender, send it after the next, put a digit of its time wrong, make it
   *     another run's, or hang up on everybody
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
        client.getOutputStream().write(late);
      }
    }
    late = faulty && fault.equals("reorder") ? line : new byte[0];
  }

  private void sendWrongly(Socket from, Socket to, byte[] line) throws IOException {
    boolean own = to.equals(from);
    switch (fault) {
      case "drop", "reorder" -> {}
      case "drop-one" -> send(own || to.equals(clients.get(ONE)) ? 0 : 1, to, line);
      case "double" -> send(own ? 0 : 2, to, line);
      case "tear" -> send(own ? 0 : 1, to, Arrays.copyOf(line, line.length / 2));
      case "echo" -> send(1, to, line);
      case "digit" -> send(own ? 0 : 1, to, withOtherDigit(line, LAST_DIGIT_OF_TIME));
      case "foreign" -> send(own ? 0 : 1, to, withOtherDigit(line, 0));
      case "hang-up" -> to.close();
      default -> throw new IllegalArgumentException(fault);
    }
  }

  private static byte[] withOtherDigit(byte[] line, int position) {
    byte[] changed = line.clone();
    changed[position] = (byte) (line[position] == '0' ? '1' : '0');
    return changed;
  }

  private static void send(int times, Socket to, byte[] line) throws IOException {
    for (int i = 0; i < times; i++) {
      to.getOutputStream().write(line);
    }
  }
}
