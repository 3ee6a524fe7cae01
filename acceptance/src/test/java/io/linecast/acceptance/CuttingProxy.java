package io.linecast.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Passes bytes on between clients and a server, and cuts its first connections in their midst, each
 * after a number of bytes (of both directions) that is drawn from a seed; others when it is told.
 */
public final class CuttingProxy implements AutoCloseable {
  /** Enough for a hello and its answer, which the first connection is left. */
  private static final int FIRST_BYTES_MIN = 500;

  private final ServerSocket listener;
  private final InetSocketAddress server;
  private final List<Link> links = new CopyOnWriteArrayList<>();
  private final Random random;
  private final int cuts;
  private final int bytesMax;

  private CuttingProxy(
      ServerSocket listener, InetSocketAddress server, long seed, int cuts, int bytesMax) {
    this.listener = listener;
    this.server = server;
    this.random = new Random(seed);
    this.cuts = cuts;
    this.bytesMax = bytesMax;
  }

  /**
   * Starts one on a free port.
   *
   * @param cuts how many connections it cuts, before it leaves the rest alone
   * @param bytesMax after how many bytes a connection is cut at the latest
   */
  public static CuttingProxy start(InetSocketAddress server, long seed, int cuts, int bytesMax) {
    try {
      ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
      CuttingProxy proxy = new CuttingProxy(listener, server, seed, cuts, bytesMax);
      Thread.ofVirtual().start(proxy::accept);
      return proxy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public int port() {
    return listener.getLocalPort();
  }

  /** How many connections there have been so far. */
  public int connections() {
    return links.size();
  }

  /** How many connections it has cut so far. */
  public long cutsMade() {
    return links.stream().filter(link -> link.bytesLeft == 0).count();
  }

  /** Cuts all connections that there are now. */
  public void cut() {
    try {
      for (Link link : links) {
        link.cut();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      listener.close();
      for (Link link : links) {
        link.client.close();
        link.server.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listener.accept();
        client.setTcpNoDelay(true);
        Socket target = new Socket(server.getAddress(), server.getPort());
        target.setTcpNoDelay(true);
        Link link = new Link(client, target, bytesBeforeTheCut(), random.nextBoolean());
        links.add(link);
        Thread.ofVirtual().start(() -> link.pass(client, target));
        Thread.ofVirtual().start(() -> link.pass(target, client));
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  /** Half of the cuts come early: in a hello, an answer, or what is sent again. */
  private long bytesBeforeTheCut() {
    if (links.size() >= cuts) {
      return Long.MAX_VALUE;
    }
    int least = links.isEmpty() ? FIRST_BYTES_MIN : 1;
    return random.nextInt(least, random.nextBoolean() ? FIRST_BYTES_MIN * 2 : bytesMax);
  }

  /** One client's connection with the server. Its two threads share what is left to pass. */
  private static final class Link {
    private final Socket client;
    private final Socket server;
    private final boolean resets;
    // Written under the lock; read by the test too.
    private volatile long bytesLeft;

    Link(Socket client, Socket server, long bytesLeft, boolean resets) {
      this.client = client;
      this.server = server;
      this.bytesLeft = bytesLeft;
      this.resets = resets;
    }

    void pass(Socket from, Socket to) {
      byte[] buffer = new byte[4096];
      try {
        int read = from.getInputStream().read(buffer);
        while (read >= 0) {
          passOn(buffer, read, to);
          read = from.getInputStream().read(buffer);
        }
        to.shutdownOutput();
      } catch (IOException gone) {
        // One of the ends, or cut; the other thread finds the same.
      }
    }

    private synchronized void passOn(byte[] bytes, int count, Socket to) throws IOException {
      int passed = (int) Math.min(count, bytesLeft);
      to.getOutputStream().write(bytes, 0, passed);
      bytesLeft -= passed;
      if (bytesLeft == 0) {
        cut();
      }
    }

    synchronized void cut() throws IOException {
      bytesLeft = 0;
      for (Socket end : List.of(client, server)) {
        if (resets && !end.isClosed()) {
          end.setSoLinger(true, 0);
        }
        end.close();
      }
    }
  }
}
