package io.linecast.client;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/**
 * A client of plain lines, for any line server. Nothing is acknowledged: a line that was sent is
 * with the operating system, and what was heard is all that is known. There is no reconnecting
 * either, because nobody could tell what was missed.
 *
 * <p>Sending is safe from any thread; receiving is for one thread at a time, which may be another
 * than those that send.
 */
public final class PlainClient implements AutoCloseable {

  private static final int BUFFER_BYTES = 64 * 1024;
  private static final int MAX_LINE_BYTES = 1 << 30;
  private static final byte[] NOTHING = {};

  private final Socket socket;
  private final OutputStream output;
  private final LineReader reader;
  private boolean unfinishedTaken;

  private PlainClient(Socket socket) throws IOException {
    this.socket = socket;
    output = new BufferedOutputStream(socket.getOutputStream(), BUFFER_BYTES);
    reader = new LineReader(socket.getInputStream(), MAX_LINE_BYTES);
  }

  /**
   * Connects.
   *
   * @throws IOException if that fails or takes longer than {@code timeout}
   */
  public static PlainClient connect(String host, int port, Duration timeout) throws IOException {
    Socket socket = new Socket();
    try {
      socket.setTcpNoDelay(true);
      socket.connect(
          new InetSocketAddress(host, port),
          (int) Math.min(Integer.MAX_VALUE, Math.max(1, timeout.toMillis())));
      return new PlainClient(socket);
    } catch (IOException e) {
      socket.close();
      throw e;
    }
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
   */
  public Optional<byte[]> receive() throws IOException {
    while (!reader.next()) {
      if (!reader.fill()) {
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
    socket.shutdownOutput();
  }

  /** Flushes and closes. */
  @Override
  public void close() throws IOException {
    try (socket) {
      if (!socket.isOutputShutdown()) {
        flush();
      }
    }
  }
}
