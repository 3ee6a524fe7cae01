package io.linecast.client;

import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;

/**
 * A connection to a server, as bytes in both directions: in the clear, or by TLS. One thread opens
 * it; then one reads and one writes at a time, and any may close it, which ends what the others
 * wait for.
 */
public final class Wire implements Closeable {

  /** Where a unix socket is, for a {@link Socket}, which knows addresses of IP only. */
  private static final InetSocketAddress NOWHERE =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  private final Address.Server server;
  private final Optional<Tls> tls;
  private final Resolver resolver;

  // Changed under this object's monitor, by the opening thread and by whoever closes.
  private volatile TimedSocket socket = new TimedSocket();
  private boolean closed;

  /**
   * What is read and written: {@link #socket}, or TLS over it. Set before anybody else has this.
   */
  private volatile Socket spoken = socket;

  /** One that is not open yet; it can be closed from any thread from now on. */
  Wire(Address.Server server, Optional<Tls> tls, Resolver resolver) {
    this.server = server;
    this.tls = tls;
    this.resolver = resolver;
  }

  /** Finds the addresses that a name has. */
  interface Resolver {
    InetAddress[] resolve(String host) throws IOException;
  }

  /**
   * Connects to a server.
   *
   * @param tls by TLS; empty: in the clear
   * @throws TlsException if there is a server, and no understanding by TLS
   * @throws IOException if there is none, or all that takes longer than {@code timeout}
   */
  public static Wire connect(Address.Server server, Optional<Tls> tls, Duration timeout)
      throws IOException {
    Wire wire = new Wire(server, tls, InetAddress::getAllByName);
    try {
      wire.open(System.nanoTime() + Patience.nanos(timeout));
      wire.begin();
      wire.socket.readForEver();
      return wire;
    } catch (IOException | RuntimeException | Error e) {
      wire.close();
      throw e;
    }
  }

  /**
   * Connects. Until something else is said reads go on ending at that moment; and until {@link
   * #begin}, what is written waits for the next read.
   */
  void open(long deadline) throws IOException {
    connect(deadline);
    TimedSocket connected = socket;
    connected.readUntil(deadline);
    spoken = tls.isPresent() ? shakeHands(tls.get().over(connected, server)) : connected;
  }

  /** To the first of the name's addresses that takes it; each has its share of the time. */
  private void connect(long deadline) throws IOException {
    Optional<Path> unix = server.unixPath();
    if (unix.isPresent()) {
      TimedSocket fresh = fresh(new TimedSocket(new UnixSocket(unix.get())));
      fresh.connect(NOWHERE, TimedSocket.millisTo(deadline));
      return;
    }
    InetAddress[] addresses = resolver.resolve(server.host());
    for (int left = addresses.length; ; left--) {
      InetAddress address = addresses[addresses.length - left];
      int millis = Math.max(1, TimedSocket.millisTo(deadline) / left);
      try {
        fresh(new TimedSocket()).connect(new InetSocketAddress(address, server.port()), millis);
        return;
      } catch (IOException e) {
        if (left == 1) {
          throw e;
        }
      }
    }
  }

  /** A socket that has failed to connect is of no use any more. */
  private synchronized TimedSocket fresh(TimedSocket fresh) throws IOException {
    socket.close();
    socket = fresh;
    if (closed) {
      fresh.close();
    }
    fresh.setTcpNoDelay(true);
    fresh.setKeepAlive(true);
    return fresh;
  }

  /** Each write goes out at once from now on. */
  void begin() throws IOException {
    socket.gatherNoMore();
  }

  private SSLSocket shakeHands(SSLSocket secure) throws IOException {
    try {
      socket.gather();
      secure.startHandshake();
      return secure;
    } catch (IOException e) {
      throw new TlsTrouble(tls.orElseThrow(), secure).ofHandshake(e, socket.firstByte());
    }
  }

  /** The first byte that has come, as it was on the wire; negative if none has. */
  int firstByte() {
    return socket.firstByte();
  }

  /** Whether the server has asked for a certificate and was shown none. */
  boolean isCertificateMissing() {
    return tls.isPresent() && tls.get().isAskedInVain(spoken);
  }

  /** Each read waits so long, from now on. */
  void readWithin(Duration timeout) throws IOException {
    socket.readWithin(timeout);
  }

  /** What the server says. */
  public InputStream input() throws IOException {
    InputStream input = spoken.getInputStream();
    return tls.isPresent() ? new ExplainedInput(input) : input;
  }

  /** What is said to the server. */
  public OutputStream output() throws IOException {
    return spoken.getOutputStream();
  }

  /**
   * Says that nothing more will be sent, with TLS by a {@code close_notify}. What the server sends
   * can be read on.
   */
  public void endSending() throws IOException {
    spoken.shutdownOutput();
  }

  /** Whether {@link #endSending} was called. */
  boolean isSendingEnded() {
    return spoken.isOutputShutdown();
  }

  boolean isSecure() {
    return tls.isPresent();
  }

  boolean isClosed() {
    return socket.isClosed();
  }

  /**
   * At once; whoever reads or writes gets an exception. May be called from any thread. Of the TLS
   * there is nothing said to the server, because that would have to wait until it takes what
   * another thread is about to write.
   */
  @Override
  public synchronized void close() {
    closed = true;
    try {
      socket.close();
    } catch (IOException e) {
      // There is nothing left of it to be closed.
    }
  }

  /**
   * What goes wrong, in words. With TLS 1.3 a client is told only here that the server will not
   * have it, because the handshake was over before.
   */
  private final class ExplainedInput extends FilterInputStream {

    private boolean begun;

    ExplainedInput(InputStream input) {
      super(input);
    }

    @Override
    public int read(byte[] bytes, int from, int most) throws IOException {
      try {
        int count = super.read(bytes, from, most);
        begun |= count > 0;
        return count;
      } catch (SSLException e) {
        throw new TlsTrouble(tls.orElseThrow(), spoken).ofAlert(e);
      } catch (SocketException e) {
        throw begun ? e : new TlsTrouble(tls.orElseThrow(), spoken).ofEarlyEnd(e);
      }
    }
  }
}
