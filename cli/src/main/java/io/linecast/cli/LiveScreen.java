package io.linecast.cli;

import java.io.IOError;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
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
 * again when it is closed. For one thread.
 */
final class LiveScreen implements AutoCloseable {

  /** What {@link #key} returns when there will be no more. */
  static final int NO_MORE = -1;

  private static final Size USUAL_SIZE = Size.of(80, 24);

  private final Terminal terminal;
  private final Display display;
  private final Attributes before;
  private final boolean coloured;
  private Size size = USUAL_SIZE;

  private LiveScreen(Terminal terminal, boolean coloured) {
    this.terminal = terminal;
    this.coloured = coloured;
    this.display = new Display(terminal, true);
    this.before = terminal.enterRawMode();
    Attributes raw = new Attributes(terminal.getAttributes());
    // Ctrl-C is a key, and Ctrl-Z none: a shell would be left with our screen.
    raw.setLocalFlag(LocalFlag.ISIG, false);
    terminal.setAttributes(raw);
    terminal.puts(Capability.enter_ca_mode);
    terminal.puts(Capability.cursor_invisible);
    terminal.flush();
    display.resize(size);
  }

  /** The terminal that the program was started on; empty if it can only write line after line. */
  static Optional<LiveScreen> open() throws IOException {
    // Its own handlers of signals would end the program before it has tidied up.
    Terminal terminal =
        TerminalBuilder.builder().system(true).dumb(true).nativeSignals(false).build();
    if (terminal.getStringCapability(Capability.cursor_address) == null) {
      terminal.close();
      return Optional.empty();
    }
    boolean coloured = System.getenv().getOrDefault("NO_COLOR", "").isEmpty();
    return Optional.of(new LiveScreen(terminal, coloured));
  }

  /** Has the next drawing be of everything, whatever was there. */
  void redraw() {
    display.clear();
  }

  /**
   * Draws; only what is another than before goes to the terminal.
   *
   * @param page lays out rows for a width and a height
   */
  void draw(BiFunction<Integer, Integer, List<PageRow>> page) {
    measure();
    List<PageRow> rows = page.apply(size.getColumns(), size.getRows());
    display.update(rows.stream().map(this::line).toList(), 0);
  }

  private void measure() {
    Size now = terminal.getSize();
    if (!now.equals(size) && now.getColumns() > 0 && now.getRows() > 0) {
      size = Size.of(now);
      display.resize(size);
      display.clear();
    }
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
    return new AttributedString(row.text(), style).columnSubSequence(0, size.getColumns());
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
    try {
      terminal.puts(Capability.exit_ca_mode);
      terminal.puts(Capability.cursor_normal);
      terminal.flush();
      terminal.setAttributes(before);
      terminal.close();
    } catch (IOException | IOError e) {
      // The terminal is gone, and with it whoever could be told.
    }
  }
}
