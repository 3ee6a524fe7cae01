package io.linecast.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jline.terminal.Attributes;
import org.jline.terminal.Attributes.LocalFlag;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStyle;
import org.jline.utils.Display;
import org.jline.utils.InfoCmp.Capability;

/**
 * A terminal's whole screen, drawn again and again, and its keys. What was on it before is there
 * again when it is closed, or when the program ends in another way. Everything but {@link #close}
 * is for one thread.
 */
final class LiveScreen implements AutoCloseable {

  /** What {@link #key} returns when there will be no more. */
  static final int NO_MORE = -1;

  private static final Size USUAL_SIZE = Size.of(80, 24);

  private final Terminal terminal;
  private final Display display;
  private final Attributes before;
  private final boolean coloured;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final Thread closeAtExit = new Thread(this::close, "screen");
  private Size size = USUAL_SIZE;

  private LiveScreen(Terminal terminal, boolean coloured) {
    this.terminal = terminal;
    this.coloured = coloured;
    this.display = new Display(terminal, true);
    this.before = terminal.enterRawMode();
    // Also after a hangup. A signal that kills comes too late for everything.
    Runtime.getRuntime().addShutdownHook(closeAtExit);
    Attributes raw = new Attributes(terminal.getAttributes());
    // Ctrl-C is a key, and Ctrl-Z none: a shell would be left with our screen.
    raw.setLocalFlag(LocalFlag.ISIG, false);
    terminal.setAttributes(raw);
    terminal.puts(Capability.enter_ca_mode);
    terminal.puts(Capability.cursor_invisible);
    terminal.flush();
    measure();
  }

  /** The terminal that the program was started on; empty if it can only write line after line. */
  static Optional<LiveScreen> open() throws IOException {
    Terminal terminal = TerminalBuilder.builder().system(true).dumb(true).build();
    if (terminal.getStringCapability(Capability.cursor_address) == null) {
      terminal.close();
      return Optional.empty();
    }
    boolean coloured = System.getenv().getOrDefault("NO_COLOR", "").isEmpty();
    return Optional.of(new LiveScreen(terminal, coloured));
  }

  /** Looks how large it is now. */
  void measure() {
    Size now = terminal.getSize();
    if (now.getColumns() <= 0 || now.getRows() <= 0) {
      now = USUAL_SIZE;
    }
    if (!now.equals(size) || display.getRows() == 0) {
      size = Size.of(now);
      display.resize(size);
      display.clear();
    }
  }

  int width() {
    return size.getColumns();
  }

  int height() {
    return size.getRows();
  }

  /** Has the next drawing be of everything, whatever was there. */
  void redraw() {
    display.clear();
  }

  /** Draws; only what is another than before goes to the terminal. */
  void show(List<PageRow> rows) {
    display.update(rows.stream().map(this::line).toList(), 0);
  }

  /**
   * Waits for a key.
   *
   * @return the key; less than 0 if none came, {@link #NO_MORE} if none will come
   */
  int key(Duration patience) {
    try {
      return terminal.reader().read(patience.toMillis());
    } catch (IOException e) {
      return NO_MORE;
    }
  }

  private AttributedString line(PageRow row) {
    AttributedStyle style = coloured ? style(row.tone()) : AttributedStyle.DEFAULT;
    // Columns are counted here, as a letter may take two.
    return new AttributedString(row.text(), style).columnSubSequence(0, width());
  }

  private static AttributedStyle style(PageRow.Tone tone) {
    return switch (tone) {
      case TITLE -> AttributedStyle.BOLD;
      case HEADING -> AttributedStyle.BOLD.foreground(AttributedStyle.CYAN);
      case NORMAL -> AttributedStyle.DEFAULT;
      case FAINT ->
          AttributedStyle.DEFAULT.foreground(AttributedStyle.BRIGHT | AttributedStyle.BLACK);
      case WARNING -> AttributedStyle.BOLD.foreground(AttributedStyle.RED);
    };
  }

  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    try {
      terminal.puts(Capability.exit_ca_mode);
      terminal.puts(Capability.cursor_normal);
      terminal.flush();
      terminal.setAttributes(before);
      terminal.close();
    } catch (IOException e) {
      // The terminal is gone, and with it whoever could be told.
    }
  }
}
