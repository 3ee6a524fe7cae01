package io.linecast.cli;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Without a terminal: a line of input is a line said, whatever it begins with, and a line heard is
 * a line of output, as text and as harmless as on a terminal. Words go to standard error.
 */
final class PipedScreen implements ChatScreen {

  private static final int MAX_LINE_BYTES = 1 << 20;

  private final ByteLines in;
  private final StandardOutput out = new StandardOutput();
  private final PrintWriter err;
  private final AtomicLong unread = new AtomicLong();

  PipedScreen(PrintWriter err) {
    this.in = new ByteLines(new FileInputStream(FileDescriptor.in), () -> {});
    this.err = err;
  }

  @Override
  public Optional<String> read() {
    try {
      while (in.next(MAX_LINE_BYTES)) {
        if (!in.isTooLong()) {
          return Optional.of(new String(in.line(), StandardCharsets.UTF_8));
        }
        unread.incrementAndGet();
        warn("a line of " + in.lengthBytes() + " bytes is too long and was not said");
      }
      return Optional.empty();
    } catch (IOException e) {
      throw FileTrouble.report("cannot read standard input", e);
    }
  }

  @Override
  public boolean takesCommands() {
    return false;
  }

  @Override
  public long unread() {
    return unread.get();
  }

  @Override
  public boolean heard(String line) {
    try {
      out.write((line + System.lineSeparator()).getBytes(System.out.charset()));
      out.flush();
      return true;
    } catch (IOException e) {
      if (StandardOutput.isReaderGone(e)) {
        return false;
      }
      throw FileTrouble.report("cannot write to standard output", e);
    }
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
    err.println("linecast chat: " + SafeText.of(words));
    err.flush();
  }

  @Override
  public void close() {
    // Standard output is not ours to close, and all of it is written.
  }
}
