package io.linecast.acceptance.ack;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Stands between a client and a server. Each connection through it meets the next fault of its
 * plan; when the plan is through, connections last.
 */
final class FaultyProxy implements AutoCloseable {
  private final InetSocketAddress target;
  private final Deque<Fault> plan;
  private final ServerSocket listener;
  private final List<FaultyLink> links = new CopyOnWriteArrayList<>();
  private final AtomicInteger struck = new AtomicInteger();
  private volatile boolean isPlanOver;

  private FaultyProxy(InetSocketAddress target, Deque<Fault> plan, ServerSocket listener) {
    this.target = target;
    this.plan = plan;
    this.listener = listener;
  }

  static FaultyProxy start(InetSocketAddress target, Deque<Fault> plan) throws IOException {
    ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    FaultyProxy proxy = new FaultyProxy(target, plan, listener);
    Thread.ofVirtual().start(proxy::accept);
    return proxy;
  }

  InetSocketAddress address() {
    return new InetSocketAddress(listener.getInetAddress(), listener.getLocalPort());
  }

  /** How many connections met their fault. */
  int struck() {
    return struck.get();
  }

  /** Whether the present connection, or the next one, will last. */
  boolean isPlanOver() {
    return isPlanOver;
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (FaultyLink link : links) {
      link.close();
    }
  }

  /** The one thread that takes faults from the plan. */
  private void accept() {
    FaultyLink previous = null;
    try {
      while (true) {
        Socket client = listener.accept();
        Fault fault = plan.isEmpty() ? Fault.none() : plan.remove();
        isPlanOver = fault.kind() == Fault.Kind.NONE;
        previous = link(client, fault, previous);
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private @Nullable FaultyLink link(Socket client, Fault fault, @Nullable FaultyLink previous)
      throws IOException {
    Socket server = new Socket();
    try {
      server.connect(target);
    } catch (IOException refused) {
      client.close();
      return previous;
    }
    Runnable answered = previous == null ? () -> {} : previous::release;
    FaultyLink link = new FaultyLink(client, server, fault, struck::incrementAndGet, answered);
    links.add(link);
    link.start();
    return link;
  }
}
