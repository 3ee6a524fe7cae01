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

  private static final int RUNS_ON = -1;

  private final Socket socket;
  private volatile int stopCode = RUNS_ON;

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

  /** Ends hearing; the code is the run's, if it asked for lines that it does not have. */
  void stop(int exitCode) {
    stopCode = exitCode;
    close();
  }

  /**
   * Hears to the end.
   *
   * @param count how many lines; 0: without end
   * @return the exit code
   * @throws IOException if standard output takes no more
   */
  int run(LineStyle style, StandardOutput out, long count, Consumer<String> told)
      throws IOException {
    ByteLines lines = new ByteLines(socket.getInputStream(), () -> flush(out));
    long heard = 0;
    try {
      while ((count == 0 || heard < count) && next(lines)) {
        if (lines.isTooLong()) {
          told.accept("a line of " + lines.lengthBytes() + " bytes is left out");
        } else {
          style.write(0, "", lines.line(), out);
          heard++;
        }
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    out.flush();
    if (count > 0 && heard == count) {
      return ExitCode.OK.code();
    }
    if (stopCode == RUNS_ON) {
      return ExitCode.NO_CONNECTION.code();
    }
    return count > 0 ? stopCode : ExitCode.OK.code();
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
