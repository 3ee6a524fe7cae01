package io.linecast.cli;

import io.linecast.client.Address;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.function.Consumer;

/** Writes the plain lines of any server. One thread hears; any may stop it. */
final class PlainHearing implements AutoCloseable {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

  /** Of no server is it known; a bound all the same, for a stream without line feeds. */
  private static final int MAX_LINE_BYTES = 64 << 20;

  private final Socket socket;
  private volatile boolean stopped;

  private PlainHearing(Socket socket) {
    this.socket = socket;
  }

  static PlainHearing connect(Address.Server server) throws IOException {
    Socket socket = new Socket();
    try {
      InetSocketAddress address = new InetSocketAddress(server.host(), server.port());
      socket.connect(address, (int) CONNECT_TIMEOUT.toMillis());
      return new PlainHearing(socket);
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /** Ends hearing. */
  void stop() {
    stopped = true;
    close();
  }

  /**
   * Hears to the end.
   *
   * @param count how many lines; 0: without end
   * @return false if the server has ended it
   * @throws IOException if standard output takes no more
   */
  boolean run(LineStyle style, StandardOutput out, long count, Consumer<String> told)
      throws IOException {
    ByteLines lines = new ByteLines(socket.getInputStream(), () -> flush(out));
    long heard = 0;
    try {
      while ((count == 0 || heard < count) && next(lines)) {
        if (lines.isTooLong()) {
          told.accept("a line of " + lines.lengthBytes() + " bytes is left out");
        } else {
          style.write(0, "", lines.line(), out);
        }
        heard++;
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    out.flush();
    return stopped || (count > 0 && heard == count);
  }

  /** A lost connection is an end like any other: a plain server cannot say why. */
  private static boolean next(ByteLines lines) {
    try {
      return lines.next(MAX_LINE_BYTES);
    } catch (IOException e) {
      return false;
    }
  }

  private static void flush(StandardOutput out) {
    try {
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      // It is gone all the same.
    }
  }
}
