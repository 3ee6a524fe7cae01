package io.linecast.acceptance;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Stands between clients and a server and ends every connection after some bytes, wherever that is:
 * in the hello, in its answer, in mid-line; with an end of stream or with a reset. A seed says
 * where and how.
 */
final class RuthlessProxy implements AutoCloseable {

  /** Beyond this a connection has said its hello, sent, and resumed. */
  private static final int MOST_BYTES = 4000;

  private final InetSocketAddress server;
  private final ServerSocket listener;
  private final long seed;
  private final AtomicInteger cuts = new AtomicInteger();
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private volatile boolean cutting = true;

  private RuthlessProxy(InetSocketAddress server, ServerSocket listener, long seed) {
    this.server = server;
    this.listener = listener;
    this.seed = seed;
  }

  static RuthlessProxy start(InetSocketAddress server, long seed) throws IOException {
    ServerSocket listener = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    RuthlessProxy proxy = new RuthlessProxy(server, listener, seed);
    Thread.ofVirtual().start(proxy::accept);
    return proxy;
  }

  String address() {
    return "127.0.0.1:" + listener.getLocalPort();
  }

  /** How many connections it has ended. */
  int cuts() {
    return cuts.get();
  }

  /** From now on connections live. */
  void relent() {
    cutting = false;
    open.forEach(RuthlessProxy::quietly);
  }

  private void accept() {
    for (long connection = 0; ; connection++) {
      try {
        Socket client = listener.accept();
        Random random = new Random(seed * 1_000_003 + connection);
        Thread.ofVirtual().start(() -> relay(client, random));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void relay(Socket client, Random random) {
    Socket upstream = new Socket();
    open.add(client);
    open.add(upstream);
    try {
      client.setTcpNoDelay(true);
      upstream.setTcpNoDelay(true);
      boolean reset = random.nextBoolean();
      boolean mayCut = cutting;
      AtomicLong up = new AtomicLong(mayCut ? bytes(random) : Long.MAX_VALUE);
      AtomicLong down = new AtomicLong(mayCut ? bytes(random) : Long.MAX_VALUE);
      upstream.connect(server);
      Runnable cut = () -> cut(client, upstream, reset);
      Thread.ofVirtual().start(() -> pump(upstream, client, down, cut));
      pump(client, upstream, up, cut);
    } catch (IOException e) {
      cut(client, upstream, false);
    }
  }

  /** Few bytes as often as many. */
  private static long bytes(Random random) {
    return random.nextInt(1 + random.nextInt(MOST_BYTES));
  }

  /** Hands on what comes, until the budget is spent or either side has ended. */
  private static void pump(Socket from, Socket to, AtomicLong budget, Runnable cut) {
    byte[] buffer = new byte[8192];
    try {
      InputStream input = from.getInputStream();
      OutputStream output = to.getOutputStream();
      for (int count = input.read(buffer); count >= 0; count = input.read(buffer)) {
        int allowed = (int) Math.min(count, budget.get());
        output.write(buffer, 0, allowed);
        if (budget.addAndGet(-count) < 0) {
          break;
        }
      }
    } catch (IOException ended) {
      // Either side, or the other direction's cut.
    }
    cut.run();
  }

  private void cut(Socket client, Socket upstream, boolean reset) {
    if (open.remove(client)) {
      cuts.incrementAndGet();
    }
    open.remove(upstream);
    for (Socket socket : List.of(client, upstream)) {
      try {
        if (reset) {
          socket.setSoLinger(true, 0);
        }
      } catch (IOException e) {
        // It is closed already.
      }
      quietly(socket);
    }
  }

  private static void quietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // Closed is closed.
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    open.forEach(RuthlessProxy::quietly);
  }
}
