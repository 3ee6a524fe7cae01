package io.linecast.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketImpl;
import java.net.SocketOptions;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A client of a unix socket, behind a {@link java.net.Socket}: Java has unix sockets as channels
 * only, whose reads know no time. One thread connects; then one reads and one writes at a time, and
 * any may close it, which ends what the others wait for.
 */
final class UnixSocket extends SocketImpl {

  /** What is moved at once: Java copies it to memory that each thread keeps. */
  private static final int MOST_BYTES = 64 * 1024;

  private final Path path;
  private volatile @Nullable Open open;
  private volatile int readMillis;

  UnixSocket(Path path) {
    this.path = path;
  }

  /** A channel, and what its readers and its writers wait on. */
  private record Open(SocketChannel channel, Selector readable, Selector writable) {

    void close() throws IOException {
      channel.close();
      readable.close(); // which wakes who waits
      writable.close();
    }
  }

  /** Something that moves bytes; 0 if it has to wait. */
  private interface Transfer {
    int run() throws IOException;
  }

  private Open open() throws SocketException {
    Open parts = open;
    if (parts == null) {
      throw new SocketException("not connected");
    }
    return parts;
  }

  @Override
  protected void create(boolean stream) throws IOException {
    try {
      SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
      open = new Open(channel, Selector.open(), Selector.open());
    } catch (UnsupportedOperationException e) {
      throw new SocketException("there are no unix sockets on this system");
    }
  }

  /** Connects to the path; the address that a {@link java.net.Socket} demands says nothing. */
  @Override
  protected void connect(SocketAddress ignored, int timeoutMillis) throws IOException {
    Open parts = open();
    CompletableFuture<Void> alarm =
        CompletableFuture.runAsync(
            this::abandon, CompletableFuture.delayedExecutor(timeoutMillis, TimeUnit.MILLISECONDS));
    try {
      // Blocking, as nothing else waits for a server with a full queue.
      parts.channel().connect(UnixDomainSocketAddress.of(path));
      parts.channel().configureBlocking(false);
      parts.channel().register(parts.readable(), SelectionKey.OP_READ);
      parts.channel().register(parts.writable(), SelectionKey.OP_WRITE);
    } catch (ClosedChannelException | ClosedSelectorException e) {
      throw new SocketTimeoutException("nobody has taken the connection in time");
    } catch (IOException e) {
      throw explained(e);
    } finally {
      alarm.cancel(false);
    }
  }

  private void abandon() {
    try {
      close();
    } catch (IOException e) {
      // It is of no use any more.
    }
  }

  private IOException explained(IOException failure) {
    if (Files.notExists(path)) {
      return new SocketException("there is no such unix socket");
    }
    if (!Files.isWritable(path)) {
      return new SocketException("permission denied: who may write to the file may connect");
    }
    return failure instanceof ConnectException
        ? new ConnectException("nobody listens on it")
        : failure;
  }

  private int read(byte[] bytes, int from, int most) throws IOException {
    Open parts = open();
    ByteBuffer space = ByteBuffer.wrap(bytes, from, Math.min(most, MOST_BYTES));
    return most == 0
        ? 0
        : transfer(() -> parts.channel().read(space), parts.readable(), readMillis);
  }

  private void write(byte[] bytes, int from, int count) throws IOException {
    Open parts = open();
    ByteBuffer left = ByteBuffer.wrap(bytes, from, 0);
    for (int end = from + count; left.position() < end; ) {
      left.limit(Math.min(end, left.position() + MOST_BYTES));
      transfer(() -> parts.channel().write(left), parts.writable(), 0);
    }
  }

  /** As with other sockets, an interrupt of the thread is for somebody else. */
  private static int transfer(Transfer transfer, Selector ready, int millis) throws IOException {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    boolean interrupted = false;
    try {
      int moved = transfer.run();
      while (moved == 0) {
        ready.select(millis == 0 ? 0 : TimedSocket.millisTo(deadline));
        ready.selectedKeys().clear();
        interrupted |= Thread.interrupted();
        moved = transfer.run();
      }
      return moved;
    } catch (ClosedChannelException | ClosedSelectorException e) {
      throw new SocketException("Socket closed");
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  protected InputStream getInputStream() {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
      }

      @Override
      public int read(byte[] bytes, int from, int most) throws IOException {
        return UnixSocket.this.read(bytes, from, most);
      }
    };
  }

  @Override
  protected OutputStream getOutputStream() {
    return new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int from, int count) throws IOException {
        UnixSocket.this.write(bytes, from, count);
      }
    };
  }

  @Override
  protected void shutdownOutput() throws IOException {
    open().channel().shutdownOutput();
  }

  @Override
  protected void close() throws IOException {
    Open parts = open;
    if (parts != null) {
      parts.close();
    }
  }

  @Override
  public void setOption(int option, Object value) {
    if (option == SocketOptions.SO_TIMEOUT) {
      readMillis = (Integer) value;
    } // the others are TCP's
  }

  @Override
  public Object getOption(int option) {
    return option == SocketOptions.SO_TIMEOUT ? readMillis : 0;
  }

  @Override
  protected int available() {
    return 0;
  }

  @Override
  protected void connect(String host, int port) {
    throw new UnsupportedOperationException();
  }

  @Override
  protected void connect(InetAddress address, int port) {
    throw new UnsupportedOperationException();
  }

  @Override
  protected void bind(InetAddress host, int port) {
    throw new UnsupportedOperationException();
  }

  @Override
  protected void listen(int backlog) {
    throw new UnsupportedOperationException();
  }

  @Override
  protected void accept(SocketImpl socket) {
    throw new UnsupportedOperationException();
  }

  @Override
  protected void sendUrgentData(int data) {
    throw new UnsupportedOperationException();
  }
}
