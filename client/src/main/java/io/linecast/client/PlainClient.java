package io.linecast.client;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A client of plain lines, for any line server. Nothing is acknowledged: a line that was sent is
 * with the operating system, and what was heard is all that is known. There is no reconnecting
 * either, because nobody could tell what was missed.
 *
 * <p>Sending is safe from any thread; receiving is for one thread at a time, which may be another
 * than those that send.
 *
 * <p>Who has sent something should end with {@link #endSending} and {@link #receive} until it is
 * empty: only then the server has read everything. {@link #close} does as much by itself, but for
 * two seconds at most.
 */
public final class PlainClient implements AutoCloseable {

  private static final int BUFFER_BYTES = 64 * 1024;
  private static final int MAX_LINE_BYTES = 64 << 20;

  /** How long closing waits for the server to have read everything. */
  private static final Duration LINGER = Duration.ofSeconds(2);

  private static final byte[] NOTHING = {};

  private final Wire wire;
  private final OutputStream output;
  private final InputStream input;
  private final ReentrantLock receiving = new ReentrantLock();

  // Guarded by the receiving lock.
  private final LineReader reader;
  private boolean unfinishedTaken;

  // Guarded by the output's monitor.
  private boolean hasSent;

  /** Set by the closing thread: what comes from now on is thrown away. */
  private volatile boolean closing;

  private PlainClient(Wire wire) throws IOException {
    this.wire = wire;
    output = new BufferedOutputStream(wire.output(), BUFFER_BYTES);
    input = wire.input();
    reader = new LineReader(input, MAX_LINE_BYTES);
  }

  /**
   * Connects.
   *
   * @throws IOException if that fails or takes longer than {@code timeout}
   */
  public static PlainClient connect(String host, int port, Duration timeout) throws IOException {
    return connect(new Address.Server(host, port), Optional.empty(), timeout);
  }

  /**
   * Connects to a unix socket.
   *
   * @throws IOException if that fails or takes longer than {@code timeout}
   */
  public static PlainClient connect(Path unixSocket, Duration timeout) throws IOException {
    return connect(Address.Server.unix(unixSocket), Optional.empty(), timeout);
  }

  /**
   * Connects by TLS.
   *
   * @throws TlsException if there is a server, and no understanding by TLS
   * @throws IOException if connecting fails, or takes longer than {@code timeout}
   */
  public static PlainClient connect(String host, int port, Tls tls, Duration timeout)
      throws IOException {
    return connect(new Address.Server(host, port), Optional.of(tls), timeout);
  }

  private static PlainClient connect(Address.Server server, Optional<Tls> tls, Duration timeout)
      throws IOException {
    return new PlainClient(Wire.connect(server, tls, timeout));
  }

  /**
   * Sends a line of text as UTF-8.
   *
   * @see #send(byte[])
   */
  public void send(String text) throws IOException {
    send(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Adds a line to what is to be sent; it is under way with the next {@link #flush}, or when much
   * has gathered.
   *
   * @param line without line feed
   * @throws IllegalArgumentException if there is a line feed in it
   */
  public void send(byte[] line) throws IOException {
    for (byte b : line) {
      if (b == '\n') {
        throw new IllegalArgumentException("a line has no line feed in it");
      }
    }
    synchronized (output) {
      hasSent = true;
      output.write(line);
      output.write('\n');
    }
  }

  /** Hands everything sent to the operating system; waits while the server is slow to take it. */
  public void flush() throws IOException {
    synchronized (output) {
      output.flush();
    }
  }

  /**
   * Waits for the next line.
   *
   * @return its bytes without the line feed; empty when the server has ended the stream. A last
   *     line without line feed is a line
   * @throws IOException if that fails, the client is closed, or a line has more than 64 MiB
   */
  public Optional<byte[]> receive() throws IOException {
    receiving.lock();
    try {
      return receiveLine();
    } catch (ClientException e) {
      throw new IOException(e.getMessage(), e);
    } finally {
      receiving.unlock();
    }
  }

  private Optional<byte[]> receiveLine() throws IOException {
    while (!reader.next()) {
      boolean more = reader.fill();
      if (closing) {
        throw new IOException("the program has closed the client");
      }
      if (!more) {
        byte[] last = unfinishedTaken ? NOTHING : reader.unfinished();
        unfinishedTaken = true;
        return last.length == 0 ? Optional.empty() : Optional.of(last);
      }
    }
    byte[] line = new byte[reader.lineEnd() - reader.lineStart()];
    reader.bytes().get(reader.lineStart(), line);
    return Optional.of(line);
  }

  /**
   * Says that nothing more will be sent. A line server then sends what it has accepted up to now
   * and closes; {@link #receive} until empty waits for that.
   */
  public void endSending() throws IOException {
    flush();
    wire.endSending();
  }

  /**
   * Flushes and closes. If something was sent and {@link #endSending} not called, it first ends
   * sending and waits until the server has ended too, two seconds at most: to close a connection on
   * which something lies unread is to reset it, and what was sent may be lost then.
   */
  @Override
  public void close() throws IOException {
    closing = true;
    try (wire) {
      if (!wire.isSendingEnded() && !wire.isClosed()) {
        flush();
        if (isSentTo()) {
          wire.endSending();
          awaitEnd();
        }
      }
    }
  }

  private boolean isSentTo() {
    synchronized (output) {
      return hasSent;
    }
  }

  private void awaitEnd() {
    long deadline = System.nanoTime() + LINGER.toNanos();
    boolean receives = false;
    try {
      receives = receiving.tryLock(LINGER.toNanos(), TimeUnit.NANOSECONDS);
      byte[] unread = new byte[BUFFER_BYTES];
      long millis = LINGER.toMillis();
      for (int count = 0; receives && count >= 0 && millis > 0; ) {
        wire.readWithin(Duration.ofMillis(millis));
        count = input.read(unread);
        millis = (deadline - System.nanoTime()) / 1_000_000;
      }
    } catch (IOException e) {
      // It has not ended in time, or is gone already: there is nothing more to be done for it.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      if (receives) {
        receiving.unlock();
      }
    }
  }
}
