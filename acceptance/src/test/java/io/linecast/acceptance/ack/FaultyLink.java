package io.linecast.acceptance.ack;

import io.linecast.acceptance.ack.Fault.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicBoolean;

/** One connection through a proxy, up to its fault and beyond. Each direction has a thread. */
final class FaultyLink {
  private final Socket client;
  private final Socket server;
  private final Fault fault;
  private final Runnable onFault;
  private final AtomicBoolean struck = new AtomicBoolean();
  private final Direction towardsServer;
  private final Direction towardsClient;

  /**
   * Takes over two sockets.
   *
   * @param onFault run when the fault strikes
   * @param onAnswer run when the first bytes have come from the server
   */
  FaultyLink(Socket client, Socket server, Fault fault, Runnable onFault, Runnable onAnswer)
      throws IOException {
    client.setTcpNoDelay(true);
    server.setTcpNoDelay(true);
    this.client = client;
    this.server = server;
    this.fault = fault;
    this.onFault = onFault;
    int atByte = fault.atByte();
    towardsServer =
        new Direction(client, server, fault.towardsServer() ? atByte : Integer.MAX_VALUE, () -> {});
    towardsClient =
        new Direction(server, client, fault.towardsServer() ? Integer.MAX_VALUE : atByte, onAnswer);
  }

  void start() {
    Thread.ofVirtual().start(towardsServer::run);
    Thread.ofVirtual().start(towardsClient::run);
  }

  /** A newer connection has its answer: what is held of a late one's bytes goes on its way. */
  void release() {
    if (fault.kind() == Kind.LATE) {
      towardsServer.release();
      towardsClient.release();
    }
  }

  void close() throws IOException {
    client.close();
    server.close();
  }

  private void strike() throws IOException {
    if (!struck.compareAndSet(false, true)) {
      return;
    }
    switch (fault.kind()) {
      case RESET -> {
        client.setSoLinger(true, 0);
        server.setSoLinger(true, 0);
        close();
      }
      case CUT -> {
        towardsServer.drop();
        towardsClient.drop();
        client.shutdownOutput();
        server.shutdownOutput();
      }
      case FREEZE, LATE -> {
        towardsServer.hold();
        towardsClient.hold();
      }
      case NONE -> throw new IllegalStateException("no fault, and yet it strikes");
    }
    onFault.run();
  }

  /** What becomes of a direction's bytes. Locked by itself. */
  private enum State {
    FORWARDING,
    HOLDING,
    DROPPING
  }

  /** Bytes on their way, counted up to the fault. */
  private final class Direction {
    private final Socket from;
    private final Socket to;
    private final int atByte;
    private final Runnable onFirst;
    private final ByteArrayOutputStream held = new ByteArrayOutputStream();
    private State state = State.FORWARDING;
    private int forwarded;

    Direction(Socket from, Socket to, int atByte, Runnable onFirst) {
      this.from = from;
      this.to = to;
      this.atByte = atByte;
      this.onFirst = onFirst;
    }

    void run() {
      byte[] bytes = new byte[8 << 10];
      try {
        int read = atByte == 0 ? 0 : from.getInputStream().read(bytes);
        while (read >= 0) {
          take(bytes, read);
          read = from.getInputStream().read(bytes);
        }
        end();
      } catch (IOException broken) {
        pass(broken);
      }
    }

    private void take(byte[] bytes, int length) throws IOException {
      int before = Math.clamp((long) atByte - forwarded, 0, length);
      put(bytes, 0, before);
      if (forwarded >= atByte) {
        strike();
        put(bytes, before, length - before);
      }
    }

    private void put(byte[] bytes, int offset, int length) throws IOException {
      boolean first;
      synchronized (this) {
        first = forwarded == 0 && length > 0 && state == State.FORWARDING;
        switch (state) {
          case FORWARDING -> to.getOutputStream().write(bytes, offset, length);
          case HOLDING -> held.write(bytes, offset, length);
          case DROPPING -> {}
        }
        if (state == State.FORWARDING) {
          forwarded += length;
        }
      }
      if (first) {
        onFirst.run();
      }
    }

    synchronized void hold() {
      state = State.HOLDING;
    }

    synchronized void drop() {
      state = State.DROPPING;
    }

    synchronized void release() {
      if (state != State.HOLDING) {
        return;
      }
      state = State.FORWARDING;
      try {
        to.getOutputStream().write(held.toByteArray());
      } catch (IOException gone) {
        state = State.DROPPING;
      }
    }

    private synchronized void end() throws IOException {
      if (state == State.FORWARDING) {
        to.shutdownOutput();
      }
    }

    /** A side that broke off breaks off at the other side, too, unless nobody is to be told. */
    private synchronized void pass(IOException broken) {
      try {
        if (state == State.FORWARDING) {
          to.setSoLinger(true, 0);
          to.close();
        }
      } catch (IOException again) {
        broken.addSuppressed(again);
      }
    }
  }
}
