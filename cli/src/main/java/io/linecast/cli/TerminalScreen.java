package io.linecast.cli;

import java.io.IOException;
import java.nio.charset.Charset;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/**
 * A terminal: a line to edit at the bottom, everything else above it. What is typed vanishes from
 * the bottom when it is sent, and comes back above once it is acknowledged: about where it stands
 * for everybody else, though a line that went out at the same moment may stand on its other side.
 */
final class TerminalScreen implements ChatScreen {

  private static final int[] NAME_COLOURS = {
    AttributedStyle.CYAN,
    AttributedStyle.GREEN,
    AttributedStyle.MAGENTA,
    AttributedStyle.YELLOW,
    AttributedStyle.BLUE
  };
  private static final int LONGEST_NAME = 32;

  private final Terminal terminal;
  private final LineReader reader;
  private final String prompt;
  private final String tick;
  private final boolean coloured;
  private final Deque<String> pasted = new ArrayDeque<>();

  private TerminalScreen(Terminal terminal, String name, boolean coloured) {
    this.terminal = terminal;
    this.coloured = coloured;
    this.prompt = name + "> ";
    Charset charset = terminal.encoding();
    this.tick = charset.canEncode() && charset.newEncoder().canEncode('✓') ? "✓" : "(ok)";
    this.reader =
        LineReaderBuilder.builder()
            .terminal(terminal)
            .appName("linecast")
            // A line is said as it is typed: no "!!", no completion.
            .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
            .variable(LineReader.DISABLE_COMPLETION, true)
            .option(LineReader.Option.INSERT_TAB, true)
            .option(LineReader.Option.ERASE_LINE_ON_FINISH, true)
            .option(LineReader.Option.HISTORY_IGNORE_SPACE, false)
            .build();
  }

  /** The terminal that the program was started on. */
  static TerminalScreen open(String name) throws IOException {
    Terminal terminal = TerminalBuilder.builder().system(true).dumb(true).build();
    boolean plain =
        !System.getenv().getOrDefault("NO_COLOR", "").isEmpty()
            || terminal.getType().startsWith(Terminal.TYPE_DUMB);
    return new TerminalScreen(terminal, name, !plain);
  }

  @Override
  public Optional<String> read() {
    while (pasted.isEmpty()) {
      try {
        String typed = reader.readLine(prompt);
        List<String> lines = Arrays.asList(typed.split("\\R"));
        pasted.addAll(lines.stream().filter(line -> !line.isBlank()).toList());
      } catch (UserInterruptException e) {
        // Ctrl-C throws away what is typed; with nothing typed, it leaves.
        if (e.getPartialLine().isEmpty()) {
          return Optional.empty();
        }
      } catch (EndOfFileException e) {
        return Optional.empty();
      }
    }
    return Optional.of(pasted.remove());
  }

  @Override
  public boolean takesCommands() {
    return true;
  }

  @Override
  public long unread() {
    return 0;
  }

  @Override
  public boolean heard(String line) {
    AttributedStringBuilder text = new AttributedStringBuilder();
    int colon = line.indexOf(": ");
    boolean named = colon > 0 && colon <= LONGEST_NAME && line.lastIndexOf(' ', colon - 1) < 0;
    if (named) {
      String name = line.substring(0, colon);
      int colour = NAME_COLOURS[Math.floorMod(name.hashCode(), NAME_COLOURS.length)];
      text.styled(AttributedStyle.BOLD.foreground(colour), name);
    }
    show(text.append(named ? line.substring(colon) : line));
    return true;
  }

  @Override
  public void onItsWay(String line) {
    show(styled(AttributedStyle.DEFAULT.faint(), line + "  … on its way"));
  }

  @Override
  public void said(String line) {
    AttributedStringBuilder text = new AttributedStringBuilder().append(line).append("  ");
    show(text.styled(AttributedStyle.DEFAULT.foreground(AttributedStyle.GREEN), tick));
  }

  @Override
  public void note(String words) {
    show(styled(AttributedStyle.DEFAULT.faint(), "- " + SafeText.of(words)));
  }

  @Override
  public void warn(String words) {
    show(
        styled(AttributedStyle.DEFAULT.foreground(AttributedStyle.RED), "! " + SafeText.of(words)));
  }

  private static AttributedStringBuilder styled(AttributedStyle style, String words) {
    return new AttributedStringBuilder().styled(style, words);
  }

  private void show(AttributedStringBuilder text) {
    if (coloured) {
      reader.printAbove(text.toAttributedString());
    } else {
      reader.printAbove(text.toString());
    }
  }

  @Override
  public void close() {
    try {
      terminal.close();
    } catch (IOException e) {
      // The terminal is gone, and with it whoever could be told.
    }
  }
}
