package io.linecast.cli;

import io.linecast.client.TlsException;
import io.linecast.client.Wire;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Consumer;

/** Writes the plain lines of any server. One thread hears; any may stop it. */
final class PlainHearing implements AutoCloseable {

  /** Of no server is it known; a bound all the same, for a stream without line feeds. */
  private static final int MAX_LINE_BYTES = 64 << 20;

  private static final int RUNS_ON = -1;

  private final Wire wire;
  private volatile int stopCode = RUNS_ON;

  PlainHearing(Wire wire) {
    this.wire = wire;
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
    ByteLines lines = new ByteLines(wire.input(), () -> flush(out));
    long heard = 0;
    try {
      while ((count == 0 || heard < count) && next(lines, told)) {
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
  private static boolean next(ByteLines lines, Consumer<String> told) {
    try {
      return lines.next(MAX_LINE_BYTES);
    } catch (TlsException e) { // this it does say
      told.accept(String.valueOf(e.getMessage()));
      return false;
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
    wire.close();
  }
}
