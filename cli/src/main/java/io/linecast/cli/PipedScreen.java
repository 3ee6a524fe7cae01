package io.linecast.cli;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Without a terminal: a line of input is a line said, a line heard is a line of output, as with nc.
 * Words go to standard error.
 */
final class PipedScreen implements ChatScreen {

  private static final int MAX_LINE_BYTES = 1 << 20;

  private final ByteLines in;
  private final PrintWriter out;
  private final PrintWriter err;

  PipedScreen(PrintWriter out, PrintWriter err) {
    this.in = new ByteLines(new FileInputStream(FileDescriptor.in), () -> {});
    this.out = out;
    this.err = err;
  }

  @Override
  public Optional<String> read() {
    try {
      while (in.next(MAX_LINE_BYTES)) {
        if (!in.isTooLong()) {
          return Optional.of(new String(in.line(), StandardCharsets.UTF_8));
        }
        warn("a line is too long and was not sent");
      }
      return Optional.empty();
    } catch (IOException e) {
      throw FileTrouble.report("cannot read standard input", e);
    }
  }

  @Override
  public void heard(String line) {
    out.println(line);
    out.flush();
  }

  @Override
  public void onItsWay(String line) {
    // Whoever pipes waits for the end.
  }

  @Override
  public void said(String line) {
    // As with nc: what one says one does not hear.
  }

  @Override
  public void note(String words) {
    // Only what matters.
  }

  @Override
  public void warn(String words) {
    err.println("linecast chat: " + words);
    err.flush();
  }

  @Override
  public void close() {
    out.flush();
  }
}
