package io.linecast.client;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
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
 * <p>One thread may send while another one receives; neither side is for two threads at a time
 * without {@link #send} and {@link #flush}, which are safe from any.
 */
public final class PlainClient implements AutoCloseable {

  private static final int BUFFER_BYTES = 64 * 1024;

  private final Socket socket;
  private final OutputStream output;
  private final InputStream input;

  private PlainClient(Socket socket) throws IOException {
    this.socket = socket;
    output = new BufferedOutputStream(socket.getOutputStream(), BUFFER_BYTES);
    input = new BufferedInputStream(socket.getInputStream(), BUFFER_BYTES);
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
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = input.read(); next >= 0; next = input.read()) {
      if (next == '\n') {
        return Optional.of(line.toByteArray());
      }
      line.write(next);
    }
    return line.size() == 0 ? Optional.empty() : Optional.of(line.toByteArray());
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
