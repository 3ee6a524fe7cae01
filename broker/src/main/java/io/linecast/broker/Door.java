package io.linecast.broker;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Another way to a broker: a proxy that can be shut. Then nothing passes and nobody is told, as if
 * the network between were gone; connections stay, new ones are made and not answered, and what was
 * under way arrives once it is opened. Safe from any thread.
 */
public final class Door implements AutoCloseable {

  private static final int BUFFER_BYTES = 64 << 10;

  private final InetSocketAddress broker;
  private final ServerSocket listener;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  /** Guarded by this. */
  private boolean shut;

  private Door(InetSocketAddress broker, ServerSocket listener) {
    this.broker = broker;
    this.listener = listener;
  }

  /** Begins to pass on what comes to an address of this machine; the broker may be away. */
  static Door open(InetSocketAddress at, InetSocketAddress broker) {
    try {
      ServerSocket listener = new ServerSocket();
      listener.setReuseAddress(true);
      listener.bind(at);
      Door door = new Door(broker, listener);
      Thread.ofVirtual().start(door::accept);
      return door;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot listen on " + at, e);
    }
  }

  /** An address of this machine, by its last number: all of 127.0.0.0/8 is. */
  static InetSocketAddress local(int lastNumber, int port) {
    try {
      byte[] address = {127, 0, 0, (byte) lastNumber};
      return new InetSocketAddress(InetAddress.getByAddress(address), port);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Nothing passes any more. */
  public synchronized void shut() {
    shut = true;
  }

  /** What has come passes, and all that comes. */
  public synchronized void open() {
    shut = false;
    notifyAll();
  }

  private synchronized void awaitOpen() {
    try {
      while (shut) {
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listener.accept();
        open.add(client);
        Thread.ofVirtual().start(() -> serve(client));
      }
    } catch (IOException e) {
      // it is closed
    }
  }

  private void serve(Socket client) {
    Socket server = new Socket();
    open.add(server);
    try {
      awaitOpen();
      server.connect(broker);
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
      Thread.ofVirtual().start(() -> pass(server, client));
      pass(client, server);
    } catch (IOException e) {
      end(client, server);
    }
  }

  /** Returns when one side is gone, and so is the other then: once the door is open. */
  private void pass(Socket from, Socket to) {
    byte[] buffer = new byte[BUFFER_BYTES];
    try {
      InputStream input = from.getInputStream();
      OutputStream output = to.getOutputStream();
      for (int count = input.read(buffer); count >= 0; count = input.read(buffer)) {
        awaitOpen();
        output.write(buffer, 0, count);
      }
    } catch (IOException e) {
      // gone, as at an orderly end
    }
    awaitOpen();
    end(from, to);
  }

  private void end(Socket... sockets) {
    for (Socket socket : sockets) {
      open.remove(socket);
      try {
        socket.close();
      } catch (IOException e) {
        // closed is closed
      }
    }
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      // closed is closed
    }
    end(open.toArray(new Socket[0]));
    open();
  }
}
